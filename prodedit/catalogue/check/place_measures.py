# SPDX-License-Identifier: Apache-2.0
"""How large the product is in its frame, and where. None where it can't be told apart."""

from __future__ import annotations

from typing import NamedTuple

from prodedit.catalogue.check.look import Look
from prodedit.core.geometry import Rect, Size


class Margins(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def margins(box: Rect, canvas: Size) -> Margins:
    return Margins(box.x, box.y, canvas.width - box.right, canvas.height - box.bottom)


def fill_long(look: Look) -> float | None:
    """Share of the side that the product reaches first."""
    box = _box(look)
    if box is None:
        return None
    return max(box.width / look.size.width, box.height / look.size.height)


def fill_area(look: Look) -> float | None:
    if look.product is None:
        return None
    return float(look.product.mask.mean())


def product_side(look: Look) -> float | None:
    box = _box(look)
    return None if box is None else float(max(box.width, box.height))


def margin_least(look: Look) -> float | None:
    box = _box(look)
    return None if box is None else float(min(margins(box, look.size)))


def margin_long(look: Look) -> float | None:
    """The wider margin along the side that the product reaches first."""
    box = _box(look)
    if box is None:
        return None
    left, top, right, bottom = margins(box, look.size)
    is_wide = box.width / look.size.width >= box.height / look.size.height
    return float(max(left, right) if is_wide else max(top, bottom))


def edges_touched(look: Look) -> float | None:
    """How many of the four edges cut the product off."""
    return None if look.product is None else float(look.product.edges_touched)


def off_centre(look: Look) -> float | None:
    """Distance of the product's middle from the picture's, as a share of that side."""
    box = _box(look)
    if box is None:
        return None
    across = abs(2 * box.x + box.width - look.size.width) / (2 * look.size.width)
    down = abs(2 * box.y + box.height - look.size.height) / (2 * look.size.height)
    return max(across, down)


def objects(look: Look) -> float | None:
    return None if look.product is None else float(look.product.objects)


def _box(look: Look) -> Rect | None:
    box = None if look.product is None else look.product.box
    return None if box is None or box.is_empty else box
