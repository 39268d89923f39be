# SPDX-License-Identifier: Apache-2.0
"""The Inception Score, where a person has that network as an ONNX file: it is not ours to bring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.data_files import data_folder
from prodedit.engine.service.adding import check_file

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
FILE = "inception-v3.onnx"
SIDE = 299
LEAST_CLASSES = 10
_MEAN = np.array((0.485, 0.456, 0.406), np.float32)
_SPREAD = np.array((0.229, 0.224, 0.225), np.float32)
"""What the network of torchvision was taught with; the published ones in ONNX are of it."""


def own_file() -> Path | None:
    """Where a person may have put it, beside the other networks; None: it is not there."""
    path = data_folder() / "models" / FILE
    return path if path.is_file() else None


def told_classes(pictures: Bytes, path: Path, report: Callable[[float], None]) -> Floats:
    """(n, s, s, 3) uint8 RGB to the probabilities (n, classes) of what they show. Raises Problem
    where the file is no such network."""
    check_file(path)
    run = _opened(path)
    found = []
    for number, picture in enumerate(pictures):
        report(number / len(pictures))
        answer = run(_prepared(picture))
        if answer.ndim != 2 or len(answer) != 1 or answer.shape[1] < LEAST_CLASSES:
            raise _unusable(path, f"its answer has the shape {answer.shape}")
        if not np.isfinite(answer).all():
            raise _unusable(path, "its answer holds values that are no numbers")
        found.append(_probabilities(answer[0]))
    return np.stack(found)


def _opened(path: Path) -> Callable[[Floats], Floats]:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.log_severity_level = 4
    try:
        session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's exceptions have no common base
        raise _unusable(path, "ONNX Runtime can't open it", str(error)) from error
    inputs: list[Any] = session.get_inputs()
    if len(inputs) != 1:
        raise _unusable(path, f"it wants {len(inputs)} inputs")
    name = inputs[0].name

    def run(picture: Floats) -> Floats:
        try:
            return np.asarray(session.run(None, {name: picture})[0], np.float32)
        except Exception as error:
            raise _unusable(path, "it fails on a picture", str(error)) from error

    return run


def _prepared(picture: Bytes) -> Floats:
    """(1, 3, SIDE, SIDE)."""
    large = cv2.resize(np.ascontiguousarray(picture), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    plain = (large.astype(np.float32) / 255 - _MEAN) / _SPREAD
    return np.ascontiguousarray(plain.transpose(2, 0, 1)[None])


def _probabilities(answer: Floats) -> Floats:
    """Of what comes before the last layer of such networks, or behind it."""
    if answer.min() >= 0.0 and abs(float(answer.sum()) - 1.0) < 1e-3:
        return answer
    shares: Floats = np.exp(answer - answer.max())
    told: Floats = shares / shares.sum()
    return told


def _unusable(path: Path, why: str, details: str = "") -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "“{file}” is no network that tells what pictures show: {why}."
        ),
        code="bad-inception",
        details=details,
        file=path.name,
        why=why,
    )
