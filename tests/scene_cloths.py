# SPDX-License-Identifier: Apache-2.0
"""Patterned cloths for the rendered scenes: albedo (n, 3) by place on the floor, in decimetres."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.scene_products import noise

Floats = NDArray[np.float32]

_GREENS = ((0.05, 0.15, 0.09), (0.42, 0.06, 0.06), (0.62, 0.55, 0.33))
_PETALS = ((0.62, 0.20, 0.22), (0.70, 0.55, 0.16), (0.30, 0.26, 0.55))
_GROUNDS = ((0.66, 0.62, 0.52), (0.10, 0.13, 0.20), (0.38, 0.45, 0.40))


def tartan(x: Floats, z: Floats, seed: int) -> Floats:
    """Crossing stripes of three dyes and several widths."""
    turn = 0.2 + seed * 0.9
    u, v = x * np.cos(turn) - z * np.sin(turn), x * np.sin(turn) + z * np.cos(turn)
    dyes = np.array(np.roll(_GREENS, seed, 0), np.float32)
    colour = (dyes[_stripe(u)] + dyes[_stripe(v)]) / 2
    twill = 0.8 + 0.4 * noise(u * 70 + v * 70, v * 25, seed)
    return np.asarray(colour * twill[:, None], np.float32)


def _stripe(place: Floats) -> NDArray[np.intp]:
    part = (place / 0.55) % 1.0
    return np.select([part < 0.42, part < 0.5, part < 0.8, part < 0.84], [0, 2, 1, 2], 0)


def floral(x: Floats, z: Floats, seed: int) -> Floats:
    """Five-petalled flowers, one a cell, turned and coloured by chance."""
    cell_x, cell_z = np.floor(x / 0.34), np.floor(z / 0.34)
    chance: Any = np.modf(np.abs(np.sin(cell_x * 12.99 + cell_z * 78.23 + seed) * 437.5))[0]
    dx = x / 0.34 - cell_x - 0.5 + 0.2 * (chance - 0.5)
    dz = z / 0.34 - cell_z - 0.5 + 0.2 * (chance * 7 % 1 - 0.5)
    away, angle = np.hypot(dx, dz), np.arctan2(dz, dx) + chance * 6
    petal = np.clip((0.24 + 0.13 * np.cos(5 * angle) - away) * 30, 0, 1)[:, None]
    heart = np.clip((0.08 - away) * 40, 0, 1)[:, None]
    dye = np.array(_PETALS, np.float32)[(chance * 3).astype(int) % 3]
    base = np.array(_GROUNDS[seed % 3], np.float32)
    colour = base + (dye - base) * petal
    colour += (np.array([0.55, 0.45, 0.08], np.float32) - colour) * heart
    weave = 0.88 + 0.24 * noise(x * 80, z * 80, seed)
    return np.asarray(colour * weave[:, None], np.float32)
