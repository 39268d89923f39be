# SPDX-License-Identifier: Apache-2.0
"""How faithful a picture still is to the product in it: what every step that computes new pixels
tells of its result. Structure by SSIM (Wang, Bovik, Sheikh, Simoncelli, IEEE Transactions on Image
Processing 13, 2004), colour by CIEDE2000."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.delta_e import delta_e, lab_of_rgb
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine.families.reduced import scaled
from prodedit.engine.results import Fidelity, Remark

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

LEAST_SSIM = 0.9
"""Below it a product is seen to have changed: a trace of text or of a pattern is lost."""
MOST_DELTA_E = 5.0
"""Above it a buyer would call the colour another one."""

_STRUCTURE_SIDE, _COLOUR_SIDE = 768, 256
"""Pixels on the long side at which the two are looked at: as a person sees the whole picture."""
_VISIBLE = 128
_SIGMA, _WINDOW = 1.5, (11, 11)
_STABLE = ((0.01 * 255) ** 2, (0.03 * 255) ** 2)
"""C1 and C2 of the paper."""

_CHANGED = QT_TRANSLATE_NOOP(
    "Remark",
    "The product has changed much: its structure by {structure} %, its colour by ΔE {colour}.",
)


def measure(before: Bytes, after: Bytes, mask: Bytes | None = None) -> Fidelity | None:
    """before, after: (h, w, 3 or 4) uint8 BGR, `after` perhaps of another size; mask: (h, w) uint8,
    255 = product, of `before`; None: all of it. None where the mask is empty."""
    box = _box(mask, before.shape)
    if box is None:
        return None
    if after.shape[:2] != before.shape[:2]:
        after = scaled(after, (before.shape[1], before.shape[0]))
    weight = np.full(before[box].shape[:2], 255, np.uint8) if mask is None else mask[box]

    def reduced(side: int) -> tuple[Bytes, Bytes, Bytes]:
        # Alpha is left out of the small copy: leaving it out of the large one takes longer.
        one, two = (_reduced(picture[box], side)[..., :3] for picture in (before, after))
        return one, two, _reduced(weight, side)

    return Fidelity(_similarity(*reduced(_STRUCTURE_SIDE)), _difference(*reduced(_COLOUR_SIDE)))


def has_changed(fidelity: Fidelity) -> bool:
    """Whether a person should be warned."""
    return fidelity.ssim < LEAST_SSIM or fidelity.delta_e > MOST_DELTA_E


def warnings(fidelity: Fidelity | None) -> tuple[Remark, ...]:
    """What to tell of a product that is no longer itself; nothing where it still is."""
    if fidelity is None or not has_changed(fidelity):
        return ()
    lost = round(100 * (1 - max(0.0, fidelity.ssim)))
    return (Remark(_CHANGED, {"structure": lost, "colour": round(fidelity.delta_e, 1)}),)


def _box(mask: Bytes | None, shape: tuple[int, ...]) -> tuple[slice, slice] | None:
    """The part of the picture that holds the product, with a window's margin."""
    if mask is None:
        return slice(0, shape[0]), slice(0, shape[1])
    x, y, width, height = cv2.boundingRect((mask >= _VISIBLE).view(np.uint8))
    if not width:
        return None
    margin = _WINDOW[0]
    rows = slice(max(0, y - margin), y + height + margin)
    return rows, slice(max(0, x - margin), x + width + margin)


def _reduced(picture: Bytes, side: int) -> Bytes:
    height, width = picture.shape[:2]
    share = min(1.0, side / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return picture if share == 1 else scaled(picture, size, cv2.INTER_AREA)


def _similarity(before: Bytes, after: Bytes, weight: Bytes) -> float:
    there = _weights(weight)
    return float(similarities(before, after, there)[there].mean())


def similarities(before: Bytes, after: Bytes, there: NDArray[np.bool_]) -> Floats:
    """(h, w): the SSIM of the two lightnesses round each pixel; windows see nothing but what is
    `there`, so that a new backdrop does not count."""
    seen = np.maximum(_blurred(there.astype(np.float32)), np.float32(1e-6))

    def mean(plane: Floats) -> Floats:
        return np.asarray(_blurred(plane * there) / seen, np.float32)

    one, two = (cv2.cvtColor(p, cv2.COLOR_BGR2GRAY).astype(np.float32) for p in (before, after))
    mean_one, mean_two = mean(one), mean(two)
    across = mean_one * mean_two
    squares = mean_one * mean_one + mean_two * mean_two
    covariance = mean(one * two) - across
    variances = mean(one * one) + mean(two * two) - squares
    light, contrast = _STABLE
    ssim = (2 * across + light) * (2 * covariance + contrast)
    ssim /= (squares + light) * (variances + contrast)
    return np.asarray(ssim, np.float32)


def _difference(before: Bytes, after: Bytes, weight: Bytes) -> float:
    there = weight >= _VISIBLE
    if not there.any():  # a product thinner than a pixel of the reduced picture
        there = weight == weight.max()
    labs = [lab_of_rgb(picture[there][:, ::-1] / 255) for picture in (before, after)]
    return float(delta_e(*labs).mean())


def _weights(weight: Bytes) -> NDArray[np.bool_]:
    there: NDArray[np.bool_] = weight >= min(_VISIBLE, int(weight.max()))
    return there


def _blurred(plane: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(plane, _WINDOW, _SIGMA), np.float32)
