# SPDX-License-Identifier: Apache-2.0
"""A network of the person's own that tells what pictures show: used as it is, and never trusted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from prodedit.core.problem import Problem
from prodedit.engine.training import inception
from prodedit.engine.training.inception import FILE, own_file, told_classes
from tests.engine.tiny_models import write_onnx


def write_classifier(path: Path, classes: int = 12, last: str = "Identity") -> Path:
    """Three channels' means, and nothing of the rest: (n, 3, h, w) to (n, classes)."""
    weights = np.zeros((3, classes), np.float32)
    weights[:, :3] = 8 * np.eye(3)
    nodes = [
        helper.make_node("GlobalAveragePool", ["x"], ["means"]),
        helper.make_node("Flatten", ["means"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["logits"]),
        helper.make_node(last, ["logits"], ["told"]),
    ]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "tiny",
        [value("x", TensorProto.FLOAT, ["n", 3, 299, 299])],
        [value("told", TensorProto.FLOAT, ["n", classes])],
        [numpy_helper.from_array(weights, "weights")],
    )
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), str(path))
    return path


def reds_and_greens() -> np.ndarray:
    pictures = np.zeros((4, 16, 16, 3), np.uint8)
    pictures[:2, ..., 0] = 255
    pictures[2:, ..., 1] = 255
    return pictures


@pytest.mark.parametrize("last", ["Identity", "Softmax"])
def test_it_tells_red_from_green(tmp_path: Path, last: str) -> None:
    told: list[float] = []
    path = write_classifier(tmp_path / FILE, last=last)
    found = told_classes(reds_and_greens(), path, told.append)
    assert found.sum(1) == pytest.approx(1.0, abs=1e-5)
    assert found.argmax(1).tolist() == [0, 0, 1, 1]
    assert told == [0.0, 0.25, 0.5, 0.75]


def test_what_is_no_such_network_is_refused(tmp_path: Path) -> None:
    masks = write_onnx(tmp_path / "masks.onnx", side=inception.SIDE)
    few = write_classifier(tmp_path / "few.onnx", classes=3)
    pickle = tmp_path / "inception.pt"
    pickle.write_bytes(b"\x80\x02}q\x00.")
    text = tmp_path / "text.onnx"
    text.write_bytes(b"nothing of the kind")
    for path in (masks, few, pickle, text, tmp_path / "none.onnx"):
        with pytest.raises(Problem):
            told_classes(reds_and_greens(), path, lambda share: None)


def test_a_file_in_the_data_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inception, "data_folder", lambda: tmp_path)
    assert own_file() is None
    (tmp_path / "models").mkdir()
    write_classifier(tmp_path / "models" / FILE)
    assert own_file() == tmp_path / "models" / FILE
