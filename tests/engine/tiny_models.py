# SPDX-License-Identifier: Apache-2.0
"""Small ONNX files and the cards that describe them."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from prodedit.engine.cards import InputSpec, ModelCard, ModelFile, OwnFile, Source, Title
from prodedit.engine.service.store import ModelStore

SIDE = 16


def write_onnx(path: Path, *, side: int | str = SIDE, channels: int = 1, gain: float = 0.5) -> Path:
    """sigmoid(conv 1x1): (1, 3, side, side) to (1, channels, side, side); and a second output."""
    onnx.save(build(side=side, channels=channels, gain=gain), str(path))
    return path


def build(
    *, side: int | str = SIDE, channels: int = 1, gain: float = 0.5, last: str = "Sigmoid"
) -> Any:
    weights = numpy_helper.from_array(np.full((channels, 3, 1, 1), gain, np.float32), "weights")
    nodes = [
        helper.make_node("Conv", ["x", "weights"], ["logits"]),
        helper.make_node(last, ["logits"], ["alpha"]),
        helper.make_node("Neg", ["logits"], ["other"]),
    ]
    shape = [1, 3, side, side]
    out = [1, channels, side, side]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, out) for n in ("alpha", "other")],
        [weights],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def card_for(
    path: Path, *, name: str = "tiny", sources: tuple[Source, ...] | None = None
) -> ModelCard:
    """A card whose one file is `path`, to be copied from there."""
    size, digest = path.stat().st_size, sha256(path)
    own = OwnFile(file="tiny.onnx", sha256=digest, bytes=size, path=str(path))
    return ModelCard(
        id=name,
        task="cutout",
        title=Title(en=name.title(), zh=name),
        architecture="onnx",
        licence="Apache-2.0",
        origin="a test",
        input=InputSpec(side=SIDE),
        files=(ModelFile(name="tiny.onnx", runtime="onnx", sha256=digest, bytes=size),),
        sources=(own,) if sources is None else sources,  # type: ignore[arg-type]
    )


def leftovers(store: ModelStore) -> list[str]:
    return [p.name for p in store.folder.rglob(".*") if not p.name.endswith(".lock")]


def write_wheel(folder: Path, member: str, content: bytes) -> None:
    info = "tinyweights-1.0.dist-info"
    with zipfile.ZipFile(folder / "tinyweights-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(member, content)
        wheel.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tinyweights\nVersion: 1.0\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
