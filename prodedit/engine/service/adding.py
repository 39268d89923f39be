# SPDX-License-Identifier: Apache-2.0
"""Looks at a model file that a person wants to add, and tries it, before it is believed."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np

from prodedit.core.problem import Problem
from prodedit.engine.cards import (
    LARGEST_SIDE,
    InputSpec,
    ModelCard,
    ModelFile,
    OwnFile,
    Title,
)
from prodedit.engine.service import store_problems
from prodedit.engine.service.device import cpu_device
from prodedit.engine.service.networks import OnnxNetwork
from prodedit.engine.service.onnx_weights import check_self_contained

PICKLE_ENDINGS = frozenset({".pt", ".pth", ".ckpt", ".pt2", ".pkl", ".pickle", ".bin", ".pth.tar"})
ADDABLE = ("cutout",)
"""What a person's own network may be for."""
DEFAULT_SIDE = 1024
"""Tried where the file takes any size."""
LARGEST_FILE = 8 << 30
_PATIENCE = 120.0
"""Seconds that one answer may take."""


def make_card(path: Path, task: str, name: str, taken: Collection[str]) -> ModelCard:
    """A card for an ONNX file that maps a picture onto one channel from 0 to 1.

    Nothing of the file is executed but its ONNX graph. Raises Problem with the reason.
    """
    check_file(path)
    if task not in ADDABLE:
        raise store_problems.not_usable(
            path.name, f"there is no task {task!r}, only {', '.join(ADDABLE)}"
        )
    # A file's name may hold bytes that are no text; a card is text.
    card = _describe(path, task, name.encode(errors="replace").decode(), taken)
    _try(card, path)
    return card


def check_file(path: Path) -> None:
    """Raise Problem unless the file is ONNX by its content, complete in itself; opens no pickle."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
        size = path.stat().st_size
    except OSError as error:
        raise store_problems.not_usable(path.name, error.strerror or str(error)) from error
    if size > LARGEST_FILE:
        raise store_problems.not_usable(path.name, f"it is larger than {LARGEST_FILE >> 30} GiB")
    why = _looks_like_pickle(path.name, head)
    if why:
        raise store_problems.refused_pickle(path.name, why)
    check_self_contained(path)


def _looks_like_pickle(name: str, head: bytes) -> str:
    """Why a file counts as a checkpoint that could run code, or ""."""
    if any(name.lower().endswith(ending) for ending in PICKLE_ENDINGS):
        return f"its name ends like one: {name}"
    if head.startswith(b"PK"):
        return "a zip archive, as torch.save and TorchScript write"
    if re.match(rb"\x80[\x01-\x05]", head):
        return "starts like a pickle"
    if head.startswith((b"(", b"c", b"}", b"]")):
        return "starts like a pickle of protocol 0"
    if b"ustar" in head or head.startswith(b"\x1f\x8b"):
        return "an archive"
    return ""


def _describe(path: Path, task: str, name: str, taken: Collection[str]) -> ModelCard:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    source = OwnFile(file="model.onnx", sha256=sha256, bytes=size, path=_readable(path))
    return ModelCard(
        id=_free_id(name, taken),
        task=task,
        title=Title(en=name, zh=name),
        architecture="onnx",
        licence="as the person who added it knows",
        origin="added from a file",
        input=InputSpec(side=_side(path), mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225)),
        files=(ModelFile(name="model.onnx", runtime="onnx", sha256=sha256, bytes=size),),
        sources=(source,),
    )


def _readable(path: Path) -> str:
    return str(path.resolve()).encode(errors="replace").decode()


def _free_id(name: str, taken: Collection[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:48] or "model"
    ids = (plain if count == 1 else f"{plain}-{count}" for count in range(1, 10_000))
    return next(candidate for candidate in ids if candidate not in taken)


def _side(path: Path) -> int:
    """The side of the square that the file wants; 0: any."""
    shape = _input_shape(path)
    if len(shape) != 4 or shape[1] not in (3, None):
        raise store_problems.not_usable(path.name, f"it wants {shape}, not a colour picture")
    height, width = shape[2:]
    if height != width or not (height is None or 16 <= height <= LARGEST_SIDE):
        raise store_problems.not_usable(path.name, f"it wants pictures of {width} x {height}")
    return height or 0


def _input_shape(path: Path) -> list[int | None]:
    """The only input's shape; None where any number will do."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 4
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's exceptions have no common base
        raise store_problems.not_usable(
            path.name, "ONNX Runtime can't open it", str(error)
        ) from error
    inputs: list[Any] = session.get_inputs()
    if len(inputs) != 1 or inputs[0].type != "tensor(float)":
        kinds = [f"{one.name} {one.type}" for one in inputs]
        raise store_problems.not_usable(path.name, f"it wants {', '.join(kinds)}, not one picture")
    return [size if isinstance(size, int) else None for size in inputs[0].shape]


def _try(card: ModelCard, path: Path) -> None:
    """One answer to a picture of a disc: right shape, finite, in 0..1. Raises Problem."""
    side = card.input.side or DEFAULT_SIDE
    x = _disc(side)
    try:
        y = _with_patience(OnnxNetwork(card, path, cpu_device()), x)
    except Problem:
        raise
    except Exception as error:  # ONNX Runtime's exceptions have no common base
        raise store_problems.not_usable(path.name, "it fails on a picture", str(error)) from error
    if y.shape != (1, 1, side, side):
        raise store_problems.not_usable(path.name, f"its answer has shape {y.shape}")
    low, high = float(y.min()), float(y.max())
    if low < -1e-3 or high > 1 + 1e-3:
        raise store_problems.not_usable(
            path.name, f"its answer reaches from {low:.3g} to {high:.3g} instead of 0 to 1"
        )


def _with_patience(network: OnnxNetwork, x: Any) -> Any:
    late = threading.Event()
    timer = threading.Timer(_PATIENCE, late.set)
    timer.start()
    try:
        return network.run(x, late.is_set)
    finally:
        timer.cancel()
        timer.join()


def _disc(side: int) -> Any:
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32) / side - 0.5
    disc = (rows**2 + columns**2 < 0.09).astype(np.float32)
    return np.broadcast_to(disc * 2 - 1, (1, 3, side, side)).copy()
