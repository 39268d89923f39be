# SPDX-License-Identifier: Apache-2.0
"""A file that is neither too large nor too small: the quality is searched that makes it so.

Where nothing is lost by a format (PNG), colours are rounded instead, to ever fewer levels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from prodedit.core.export_setting import ExportSetting, Format
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

Pixels = NDArray[np.uint8]
Encode = Callable[[Pixels, ExportSetting], bytes]

ALL_LEVELS = 256
_FEWER_LEVELS = (128, 86, 64, 43)
"""Of each colour, the finest first. With fewer, soft shadows show steps."""
_BY_QUALITY: frozenset[Format] = frozenset({"jpeg", "webp", "avif"})
TOO_MANY, TOO_FEW = "too-many-bytes", "too-few-bytes"


class ByteWindow(NamedTuple):
    """Both ends are allowed. most: 0 for no limit."""

    least: int = 0
    most: int = 0

    def holds(self, nbytes: int) -> bool:
        return self.least <= nbytes and not self.is_below(nbytes)

    def is_below(self, nbytes: int) -> bool:
        """A file of so many bytes is too large."""
        return 0 < self.most < nbytes


class Fitted(NamedTuple):
    """data: the file; setting: as it was written; levels: of each colour that are left."""

    data: bytes
    setting: ExportSetting
    levels: int = ALL_LEVELS


def fitted(
    pixels: Pixels, setting: ExportSetting, window: ByteWindow, least_quality: int, encode: Encode
) -> Fitted:
    """The picture as a file that the window holds, as near to the wanted quality as can be.

    Raises Problem TOO_MANY or TOO_FEW, with the bytes that came nearest as `values["nbytes"]`.
    """
    first = Fitted(encode(pixels, setting), setting)
    if window.holds(len(first.data)):
        return first
    if setting.format not in _BY_QUALITY:
        return _with_fewer_levels(pixels, first, window, encode)
    if window.is_below(len(first.data)):
        found = _largest_below(pixels, first, window, least_quality, encode)
    else:
        found = _smallest_above(pixels, first, window, encode)
    if not window.holds(len(found.data)):
        raise _misfit(found, window)
    return found


def _largest_below(
    pixels: Pixels, first: Fitted, window: ByteWindow, least: int, encode: Encode
) -> Fitted:
    """The best quality whose file is small enough; the poorest one where none is."""
    low, high = min(least, first.setting.quality), first.setting.quality  # high is too large
    best = _at(pixels, first.setting, low, encode)
    if window.is_below(len(best.data)):
        return best
    while high - low > 1:
        middle = (low + high) // 2
        tried = _at(pixels, first.setting, middle, encode)
        if window.is_below(len(tried.data)):
            high = middle
        else:
            low, best = middle, tried
    return best


def _smallest_above(pixels: Pixels, first: Fitted, window: ByteWindow, encode: Encode) -> Fitted:
    """The lowest quality, above the wanted one, whose file is large enough; else the highest."""
    low, high = first.setting.quality, 100  # low is too small
    best = _at(pixels, first.setting, high, encode)
    if len(best.data) < window.least:
        return best
    while high - low > 1:
        middle = (low + high) // 2
        tried = _at(pixels, first.setting, middle, encode)
        if len(tried.data) < window.least:
            low = middle
        else:
            high, best = middle, tried
    return best


def _at(pixels: Pixels, setting: ExportSetting, quality: int, encode: Encode) -> Fitted:
    other = msgspec.structs.replace(setting, quality=quality)
    return Fitted(encode(pixels, other), other)


def _with_fewer_levels(pixels: Pixels, first: Fitted, window: ByteWindow, encode: Encode) -> Fitted:
    tried = first
    for levels in _FEWER_LEVELS if window.is_below(len(first.data)) else ():
        tried = Fitted(encode(rounded(pixels, levels), first.setting), first.setting, levels)
        if window.holds(len(tried.data)):
            return tried
    raise _misfit(tried, window)


def rounded(pixels: Pixels, levels: int) -> Pixels:
    """(h, w, 3 or 4) with so many levels of each colour, 0 and 255 among them; alpha stays."""
    steps = levels - 1
    table = np.rint(np.rint(np.arange(256) * (steps / 255)) * (255 / steps)).astype(np.uint8)
    found: Pixels = np.asarray(cv2.LUT(pixels, table), np.uint8)
    if pixels.shape[2] == 4:
        found[..., 3] = pixels[..., 3]
    return found


def _misfit(nearest: Fitted, window: ByteWindow) -> Problem:
    nbytes = len(nearest.data)
    if window.is_below(nbytes):
        return Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The file would have {kilobytes} KB even at the lowest quality allowed; at most "
                "{limit} KB are. Choose a smaller size or another format.",
            ),
            code=TOO_MANY,
            kilobytes=-(-nbytes // 1000),
            limit=window.most // 1000,
            nbytes=nbytes,
        )
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "The file would have only {kilobytes} KB even at the best quality; at least {limit} KB "
            "are asked for. Choose a larger size, or let the product fill more of it.",
        ),
        code=TOO_FEW,
        kilobytes=nbytes // 1000,
        limit=-(-window.least // 1000),
        nbytes=nbytes,
    )
