# SPDX-License-Identifier: Apache-2.0
"""Weights from a PyTorch checkpoint: read in a process of their own, tensors and nothing else."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from prodedit.core.problem import Problem
from prodedit.data_files import models_folder
from prodedit.engine.cards import ModelFile, read_card
from prodedit.engine.service.pickled_weights import main, read_pickled
from prodedit.engine.service.store import FEATURES, PULLED, ModelStore
from prodedit.nets.efficientnet_lite import EfficientNetLite0


class Hostile:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.target,)


def test_a_checkpoint_of_the_card_becomes_the_networks_weights(tmp_path: Path) -> None:
    net = EfficientNetLite0()
    path = tmp_path / "origin.pth"
    torch.save(net.state_dict(), path)
    sha256, size = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size
    card = read_card(models_folder() / f"{FEATURES}.toml")
    file = ModelFile(name="weights.pth", runtime="checkpoint", sha256=sha256, bytes=size)
    card = type(card)(**{**_fields(card), "files": (file,), "sources": ()})
    store = ModelStore(tmp_path / "store", {card.id: card})
    place = store.folder / card.id / file.name
    place.parent.mkdir(parents=True)
    path.rename(place)
    found = load_file(store.weights(card.id))
    wanted = net.state_dict()
    assert found.keys() == wanted.keys()
    assert all(torch.equal(found[name], wanted[name].float()) for name in wanted)


def test_a_checkpoint_that_holds_more_than_weights_is_refused(tmp_path: Path) -> None:
    path, harm = tmp_path / "hostile.pth", tmp_path / "harm"
    path.write_bytes(pickle.dumps({"weight": Hostile(harm)}, 2))
    with pytest.raises(pickle.UnpicklingError):
        main([str(path), str(tmp_path / "out")])
    with pytest.raises(Problem, match="more than weights"):
        read_pickled(path)
    assert not harm.exists()


def test_a_pull_of_all_brings_it() -> None:
    assert FEATURES in PULLED


def _fields(card: object) -> dict[str, object]:
    return {name: getattr(card, name) for name in card.__struct_fields__}  # type: ignore[attr-defined]
