# SPDX-License-Identifier: Apache-2.0
"""What is round the product: how white it is, shadows, frames, text, codes, lines of a collage."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.check.look import GROWN, Look
from prodedit.catalogue.check.place_measures import margins
from prodedit.catalogue.check.product import plain_backdrop, ring, things

Bytes = NDArray[np.uint8]

_RING = 2
_CORE = 48
"""Levels from the backdrop: a soft shadow is nearer to it, a product mostly not."""
_NEUTRAL = 14
"""Levels between the channels of a shadow on white."""
_SMOOTH = 12.0
"""Levels from one pixel to the next, in a shadow."""
_EVEN, _OTHER = 6, 16
"""Levels: within which a line is of one colour, and from which on the next is another."""
_WIDEST_FRAME = 0.2
_SOFT = 12
"""Pixels of the edge of a product, in a small photo that was enlarged."""
_ACROSS = 0.9
"""Of a frame's inner edge that must be seen as one."""
_GUTTER = 0.03
"""Of a side: lines between the pictures of a collage are no wider."""
_INNER = 0.12
_BUSY = 12.0
"""Standard deviation, in levels, along a line that shows something."""
_LIKELY_TEXT, _SMALLEST_TEXT = 128, 1e-4
_ON_PRODUCT = 0.5
_MAIN = 0.1
"""Of the largest thing's area: smaller ones that hold text are marks."""
_INVISIBLE = 8
"""Levels: nobody reads what is as faint on white."""
_CODE_SIDE = 1600


def ring_white(look: Look) -> float:
    """Share of the outermost two pixels that are exactly white."""
    return float((ring(look.rgb, _RING) == 255).all(axis=1).mean())


def ground_white(look: Look) -> float | None:
    """Share of the backdrop that is exactly white."""
    if look.ground is None:
        return None
    return float((look.rgb[look.ground] == 255).all(axis=1).mean())


def ground_off(look: Look) -> float | None:
    """Levels that the darkest channel of the backdrop lacks to white."""
    if look.ground is None:
        return None
    return float(255 - look.rgb[look.ground].min())


def shadow(look: Look) -> float | None:
    """Share of the picture that is grey, smooth and beside the product, on a white backdrop. None
    where the backdrop is none of one light colour, or no product is known."""
    backdrop = plain_backdrop(look.rgb)
    if look.product is None or backdrop is None or min(backdrop.colour) < 240:
        return None
    off = 255 - look.rgb.min(axis=2)
    core = (off > _CORE).astype(np.uint8)
    near = cv2.dilate(core, np.ones((2 * GROWN + 1, 2 * GROWN + 1), np.uint8)) > 0
    spread = look.rgb.max(axis=2) - look.rgb.min(axis=2)
    faint = (off > backdrop.difference) & (off <= _CORE) & (spread <= _NEUTRAL) & ~near
    return float((faint & _smooth(look.grey)).mean())


def _smooth(grey: Bytes) -> NDArray[np.bool_]:
    soft = cv2.GaussianBlur(grey, (0, 0), 1.5)
    across = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3)
    return np.asarray(np.hypot(across, down) / 4 < _SMOOTH)


def frame(look: Look) -> float:
    """Width in pixels of bars of one colour at two opposite edges or all round, that end in a
    straight line; 0 for none. Where the product is known by its cut-out, and it is this that begins
    there, it is no frame: cartons are straight."""
    grey = look.rgb
    tops = [_bar(lines) for lines in (grey, grey[::-1])]
    sides = [_bar(lines) for lines in (grey.swapaxes(0, 1), grey.swapaxes(0, 1)[::-1])]
    pairs = [pair for pair in (tops, sides) if min(pair) > 0]
    if look.product is not None and look.product.how == "cut-out":
        box = margins(look.product.box, look.size)
        ends = ((box.top, box.bottom), (box.left, box.right))
        beside = zip((tops, sides), ends, strict=True)
        pairs = [bars for bars, near in beside if min(bars) > 0 and not _meets(bars, near)]
    return float(max((max(pair) for pair in pairs), default=0))


def _meets(bars: list[int], product: tuple[int, int]) -> bool:
    """The product's soft edge begins where the bars end."""
    return all(abs(bar - begin) <= _SOFT for bar, begin in zip(bars, product, strict=True))


def _bar(lines: Bytes) -> int:
    """How many of the first lines have one colour, where what follows differs all along."""
    most = max(1, int(_WIDEST_FRAME * lines.shape[0]))
    colour = np.median(lines[0].reshape(-1, 3), axis=0)
    off = np.abs(lines[: most + 4].astype(np.int16) - colour.astype(np.int16)).max(axis=2)
    even = (off <= _EVEN).mean(axis=1) >= 0.98
    if not even[0]:
        return 0
    width = int(np.argmin(even)) if not even.all() else len(even)
    if width >= min(most, len(off) - 3):
        return 0
    return width if (off[width + 2] >= _OTHER).mean() >= _ACROSS else 0


def collage(look: Look) -> float:
    """Narrow straight lines of one colour, from edge to edge, with something on both sides."""
    grey = look.grey
    return float(_gutters(grey) + _gutters(np.ascontiguousarray(grey.T)))


def _gutters(grey: Bytes) -> int:
    """Columns of one colour, joined where they are neighbours."""
    width = grey.shape[1]
    spread = grey.astype(np.float32).std(axis=0)
    found, start = 0, None
    for x in range(width + 1):
        plain = x < width and spread[x] < _EVEN / 2
        if plain and start is None:
            start = x
        if not plain and start is not None:
            found += _is_gutter(spread, start, x)
            start = None
    return found


def _is_gutter(spread: NDArray[np.float32], start: int, end: int) -> bool:
    width = len(spread)
    near = max(3, round(_GUTTER * width))
    inside = start > _INNER * width and end < (1 - _INNER) * width
    if not inside or end - start > near:
        return False
    beside = (spread[start - near : start - 2], spread[end + 2 : end + near])
    return all(len(side) > 0 and float(np.median(side)) > _BUSY for side in beside)


def text(look: Look) -> float | None:
    """Lines of text that lie beside the product. None where nobody has looked for any and it can't
    be told without."""
    if look.text is None:
        return 0.0 if _is_alone(look) else None
    least = max(16, round(_SMALLEST_TEXT * look.text.size))
    found = things((look.text >= _LIKELY_TEXT).view(np.uint8), least)
    if look.product is None:
        return float(len(found.areas)) if found.areas == () else None
    main = _main(look)
    inside = np.bincount(found.labels[main], minlength=len(found.areas) + 1)
    beside = (
        inside[number] < _ON_PRODUCT * area for number, area in enumerate(found.areas, start=1)
    )
    return float(sum(beside))


def _is_alone(look: Look) -> bool:
    """There is nothing in the picture but one thing and its backdrop."""
    if look.product is None or len(look.product.things.areas) != 1:
        return False
    return look.product.how == "backdrop" or (ground_off(look) or 0) <= _INVISIBLE


def _main(look: Look) -> NDArray[np.bool_]:
    """The product without the small things beside it."""
    assert look.product is not None
    found = look.product.things
    large = [n for n, area in enumerate(found.areas, 1) if area >= _MAIN * found.areas[0]]
    return np.isin(found.labels, large)


def codes(look: Look) -> float | None:
    """QR codes that can be read, anywhere. None where the reader gives up."""
    height, width = look.grey.shape
    scale = min(1.0, _CODE_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(look.grey, size, interpolation=cv2.INTER_AREA)
    try:
        found, words, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(small)
    except cv2.error:
        return None
    return float(sum(bool(word) for word in words)) if found else 0.0
