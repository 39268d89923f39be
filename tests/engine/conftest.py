# SPDX-License-Identifier: Apache-2.0
"""A tiny model, a store for it, and where pip finds packages."""

import os
from pathlib import Path

import pytest

from prodedit.engine.cards import ModelCard
from prodedit.engine.service.store import ModelStore
from tests.engine.tiny_models import card_for, write_onnx


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return card_for(write_onnx(tmp_path / "origin.onnx"))


@pytest.fixture
def store(tmp_path: Path, card: ModelCard) -> ModelStore:
    return ModelStore(tmp_path / "store", {card.id: card})


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder
