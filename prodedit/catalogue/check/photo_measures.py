# SPDX-License-Identifier: Apache-2.0
"""How good a photo is: sharp, fine, clean, well lit. On the product where it is known.

None of this decides anything: cloth is soft and snow is bright. It says where a person should look.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.check.look import Look

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_SIDE = 1000
"""Pixels of the product's long side at which sharpness is compared."""
_RIM = 5
"""Pixels at the product's edge that are left out: cut-outs are sharp there, photo or not."""
_BLOCK = 8
_FLATTEST = 10
"""Per cent of the blocks by which noise is told: the others have texture."""
_FEW = 64
"""Fewer pixels tell nothing."""


def sharpness(look: Look) -> float | None:
    """Variance of the Laplacian inside the product, its long side reduced to 1000 pixels
    (Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", 2000)."""
    grey, inside = _product(look)
    scale = min(1.0, _SIDE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    inside = np.asarray(cv2.resize(inside, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    edges = np.asarray(cv2.Laplacian(grey, cv2.CV_32F))
    kept = edges[_without_rim(inside)]
    return float(kept.var()) if kept.size >= _FEW else None


def detail(look: Look) -> float | None:
    """How strong the finest detail is, as a share of the next coarser: little where a small
    picture was enlarged (a photo falls off gently, see Field, "Relations between the statistics of
    natural images and the response properties of cortical cells", 1987)."""
    grey, inside = _product(look)
    if min(grey.shape) < 32:
        return None
    first, second = (_octave(grey, step) for step in (1, 2))
    rim = _without_rim(inside)
    if int(rim.sum()) < _FEW:
        return None
    fine, coarse = float(np.abs(first[rim]).mean()), float(np.abs(second[rim]).mean())
    return None if coarse < 0.25 else fine / coarse


def noise(look: Look) -> float | None:
    """Standard deviation of grey, in levels, where the product is flattest (a Laplacian's answer in
    blocks, after Immerkaer, "Fast noise variance estimation", 1996)."""
    grey, inside = _product(look)
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    answer = np.abs(np.asarray(cv2.filter2D(grey.astype(np.float32), cv2.CV_32F, kernel)))
    height, width = (side // _BLOCK * _BLOCK for side in grey.shape)
    if not height or not width:
        return None
    blocks = _in_blocks(answer[:height, :width]).mean(axis=(1, 3))
    whole = _in_blocks(_without_rim(inside)[:height, :width]).all(axis=(1, 3))
    if whole.sum() < 4:
        return None
    return float(np.percentile(blocks[whole], _FLATTEST) * np.sqrt(np.pi / 2) / 6)


def exposure(look: Look) -> float | None:
    """Mean lightness L* of the product, 0 black to 100 white."""
    inside = _mask(look) > 0
    if not inside.any():
        return None
    lab = np.asarray(cv2.cvtColor(look.rgb, cv2.COLOR_RGB2LAB))
    return float(lab[..., 0][inside].mean() / 2.55)


def cast(look: Look) -> float | None:
    """How far from grey the backdrop is, in levels of Lab. None where there is none."""
    if look.ground is None:
        return None
    lab = np.asarray(cv2.cvtColor(look.rgb, cv2.COLOR_RGB2LAB))
    a, b = (float(np.median(lab[..., channel][look.ground])) - 128 for channel in (1, 2))
    return float(np.hypot(a, b))


def chroma(look: Look) -> float:
    """Mean distance from grey, in levels of Lab, of the product or all of the picture."""
    inside = _mask(look) > 0
    lab = np.asarray(cv2.cvtColor(look.rgb, cv2.COLOR_RGB2LAB))
    colours = lab[inside] if inside.any() else lab.reshape(-1, 3)
    a, b = (colours[:, channel].astype(np.float32) - 128 for channel in (1, 2))
    return float(np.hypot(a, b).mean())


def _mask(look: Look) -> Bytes:
    """All of the picture where no product is known."""
    return np.ones(look.grey.shape, np.uint8) if look.product is None else look.product.mask


def _product(look: Look) -> tuple[Bytes, Bytes]:
    """The part of the picture that holds the product, in grey, and its mask there."""
    mask = _mask(look)
    if look.product is None or look.product.box.is_empty:
        return look.grey, mask
    x, y, width, height = look.product.box
    here = np.s_[y : y + height, x : x + width]
    return np.ascontiguousarray(look.grey[here]), np.ascontiguousarray(mask[here])


def _without_rim(inside: Bytes) -> NDArray[np.bool_]:
    kernel = np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8)
    return np.asarray(cv2.erode(inside, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0)) > 0


def _octave(grey: Bytes, step: int) -> Floats:
    """What Gaussian blurs of `step` and twice that tell apart."""
    plain = grey.astype(np.float32)
    less = plain if step == 1 else np.asarray(cv2.GaussianBlur(plain, (0, 0), step / 2))
    return np.asarray(less - cv2.GaussianBlur(plain, (0, 0), float(step)), np.float32)


def _in_blocks(array: NDArray[np.generic]) -> NDArray[np.generic]:
    height, width = array.shape
    return array.reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
