# SPDX-License-Identifier: Apache-2.0
"""Hue, saturation and lightness, of all colours and of six ranges of them."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.adjust.planes import Plane, Planes, luma
from prodedit.core.adjust.values import HueSaturation, Shift

_COLOURED = 4.0
"""A range's lightness counts in full from a chroma of a quarter on: grey has no hue."""


def hue_saturation(values: HueSaturation) -> Callable[[Planes], Planes]:
    """In HSL (Joblove and Greenberg, "Color spaces for computer graphics", SIGGRAPH 1978).

    Hue is turned; saturation is multiplied by 1 + s and cut to 1; lightness goes that share of its
    way to white, or to black. A range counts in full within 15 degrees of its hue and no more from
    45 degrees on, so neighbours overlap and always add up to one.
    """
    return _toned(values.master) if values.tone else _shifted(values)


def _shifted(values: HueSaturation) -> Callable[[Planes], Planes]:
    master = np.array(values.master, np.float32) / (1, 100, 100)
    ranges = _by_hue(values)

    def change(planes: Planes) -> Planes:
        hue, light, saturation = cv2.split(cv2.cvtColor(cv2.merge(list(planes)), cv2.COLOR_RGB2HLS))
        turn, gain, lift = (np.full((1, 1), value, np.float32) for value in master)
        if ranges is not None:
            chroma = saturation * (1 - np.abs(2 * light - 1))
            extra = _looked_up(ranges, hue)
            turn, gain = turn + extra[0], gain + extra[1]
            lift = lift + extra[2] * np.minimum(chroma * np.float32(_COLOURED), 1)
        hue = hue + turn
        hue -= 360 * np.floor(hue / 360)
        return _rgb(hue, _lifted(light, lift), np.clip(saturation * (1 + gain), 0, 1))

    return change


def _by_hue(values: HueSaturation) -> NDArray[np.float32] | None:
    """(3, 14): what is added at hues -15, 15, 45, ... 375; linear in between."""
    ranges = (
        values.reds,
        values.yellows,
        values.greens,
        values.cyans,
        values.blues,
        values.magentas,
    )
    if all(shift == Shift() for shift in ranges):
        return None
    each = np.array(ranges, np.float32) / (1, 100, 100)
    knots = np.repeat(each, 2, axis=0)  # at the range's centre - 15 and + 15
    return np.ascontiguousarray(np.concatenate([knots, knots[:2]]).T, np.float32)


def _looked_up(table: NDArray[np.float32], hue: Plane) -> list[Plane]:
    places = ((hue + 15) / 30).astype(np.float32)
    rows = np.zeros_like(places)
    return [cv2.remap(row[None, :], places, rows, cv2.INTER_LINEAR) for row in table]


def _lifted(light: Plane, lift: Plane) -> Plane:
    lift = np.clip(lift, -1, 1)
    return np.asarray(light + np.where(lift < 0, light, 1 - light) * lift, np.float32)


def _toned(master: Shift) -> Callable[[Planes], Planes]:
    """One hue and saturation for all; luma is taken as HSL's lightness, so that a blue and a
    yellow of equal HSL lightness don't fall together."""
    saturation = float(np.clip(master.saturation, 0, 100)) / 100
    lift = np.full((1, 1), master.lightness / 100, np.float32)

    def change(planes: Planes) -> Planes:
        light = _lifted(np.clip(luma(planes), 0, 1), lift)
        hue = np.full_like(light, master.hue % 360)
        return _rgb(hue, light, np.full_like(light, saturation))

    return change


def _rgb(hue: Plane, light: Plane, saturation: Plane) -> Planes:
    planes = [np.asarray(plane, np.float32) for plane in (hue, light, saturation)]
    rgb = cv2.cvtColor(cv2.merge(planes), cv2.COLOR_HLS2RGB)
    return np.stack(cv2.split(rgb))
