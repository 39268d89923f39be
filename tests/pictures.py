# SPDX-License-Identifier: Apache-2.0
"""Small random pictures and documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from prodedit.core.layer import Layer, PixelContent
from prodedit.core.tiles import Tiles

Bytes = NDArray[np.uint8]


def random_bgra(rng: np.random.Generator, width: int, height: int) -> Bytes:
    """Premultiplied; a tenth of it transparent, a fifth opaque; many colours at 0 and 255."""
    alpha = rng.integers(0, 256, (height, width, 1)).astype(np.float64)
    kind = rng.random((height, width, 1))
    alpha[kind < 0.1], alpha[kind > 0.8] = 0, 255
    colour = rng.integers(0, 256, (height, width, 3)).astype(np.float64)
    kind = rng.random(colour.shape)
    colour[kind < 0.05], colour[kind > 0.95] = 0, 255
    return np.concatenate([np.rint(colour * alpha / 255), alpha], axis=-1).astype(np.uint8)


def random_opaque(rng: np.random.Generator, width: int, height: int) -> Bytes:
    pixels = rng.integers(0, 256, (height, width, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    return pixels


def layer_of(pixels: Bytes, layer_id: str = "photo", **fields: object) -> Layer:
    content = PixelContent(Tiles.from_array(pixels))
    return Layer(layer_id, layer_id, content, **fields)  # type: ignore[arg-type]
