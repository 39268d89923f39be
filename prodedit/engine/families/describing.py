# SPDX-License-Identifier: Apache-2.0
"""What pictures are of, as numbers: EfficientNet-Lite0's features (see its card)."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Cancelled
from prodedit.engine.context import Context
from prodedit.engine.results import FeaturesResult
from prodedit.engine.service.networks import Network
from prodedit.engine.service.store import FEATURES
from prodedit.engine.service.tensors import normalise
from prodedit.engine.tasks import DescribePictures

_AT_ONCE = 16
_DESCRIBING = QT_TRANSLATE_NOOP("Progress", "looking at the pictures")


def describe_pictures(
    task: DescribePictures, inputs: Mapping[str, NDArray[np.uint8]], context: Context
) -> FeaturesResult:
    """inputs["pictures"]: (n, h, w, 3) uint8 RGB. Raises Problem where the network is missing,
    and Cancelled."""
    del task
    pictures = inputs["pictures"]
    network = context.store.use(FEATURES, context.device)
    found: list[NDArray[np.float16]] = []
    for start in range(0, len(pictures), _AT_ONCE):
        context.report(start / len(pictures), _DESCRIBING)
        if context.cancelled():
            raise Cancelled
        found.append(_described(pictures[start : start + _AT_ONCE], network, context))
    return FeaturesResult(np.concatenate(found), FEATURES)


def warm_up(task: DescribePictures, context: Context) -> None:
    """Load the network."""
    del task
    context.store.use(FEATURES, context.device)


def _described(
    pictures: NDArray[np.uint8], network: Network, context: Context
) -> NDArray[np.float16]:
    """(n, d), each of length 1."""
    spec = network.card.input
    tensors = [normalise(_fitted(one, spec.side), spec) for one in pictures]
    answer = network.run(np.concatenate(tensors), context.cancelled)
    flat = answer.reshape(len(pictures), -1)
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(lengths, 1e-6), np.float16)


def _fitted(picture: NDArray[np.uint8], side: int) -> NDArray[np.float32]:
    """As the network wants it, (side, side, 3) float32 in 0..1; narrow pictures are pulled wide,
    so that nothing of them is cut off."""
    shrinks = max(picture.shape[:2]) > side
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    resized = cv2.resize(picture, (side, side), interpolation=way)
    return np.asarray(resized, np.float32) / np.float32(255)
