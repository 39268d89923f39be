# SPDX-License-Identifier: Apache-2.0
"""What is done to a document so that it fits a slot: Steps, as a person does them in the window.

Two rows of them, because the second depends on where the product is, which the first finds out.
Window, batch and `prodedit check --fix` do both through the same functions, and then write the file
with render/preset_export.py, so their bytes agree.
"""

from __future__ import annotations

from math import ceil

from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.layers import existing
from prodedit.core.edits.reframing import frame_round, product_bounds
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.presets import Making
from prodedit.core.problem import Problem
from prodedit.engine.replay import RunTask, Step
from prodedit.engine.replaying import replay
from prodedit.engine.tasks import Enhance, RemoveBackground

NOTHING_FOUND = "nothing-found"
"""Code of the Problem that the engine tells where nothing stands out from its background."""
_FOUND: tuple[Step, ...] = (RemoveBackground(), edits.TidyMask(PHOTO))
_SAME_SHAPE = 0.005
"""Of the proportions: nothing is cut off for less."""
_TIP = 1
"""Pixels of the result that a round product loses where its outermost ones become fainter."""
_ROOM = 4
"""Pixels of the photo, more than will be seen: resampling looks that far."""
_MUCH_LARGER = 1.25
"""Times as large: from here on a network has something to add to what resampling gives."""
_MOST_ENLARGED = 6_000_000
"""Pixels. The network enlarges the whole photo, also what is then cut off; beyond this it takes
minutes on a processor."""


def made_for(
    document: Document,
    making: Making,
    run: RunTask,
    layer_id: str = PHOTO,
    *,
    network: bool = True,
) -> Document:
    """The document framed for a slot; `run` does a Task and waits. See `cutting`, `framing`."""
    document = cut_for(document, making, run, layer_id)
    steps = framing(document, making, layer_id, network=network)
    return replay(document, steps, run, layer_id=layer_id)


def cut_for(document: Document, making: Making, run: RunTask, layer_id: str = PHOTO) -> Document:
    """The document with its product found, where the slot asks for that. A photo that keeps its
    backdrop may go without: then it is framed in the middle."""
    try:
        return replay(document, cutting(document, making, layer_id), run, layer_id=layer_id)
    except Problem as problem:
        if making.cuts_out or problem.code != NOTHING_FOUND:
            raise
    return document


def cutting(document: Document, making: Making, layer_id: str = PHOTO) -> tuple[Step, ...]:
    """What finds the product, where it is not known: nothing for a layer that has a mask.

    Raises Problem where there is no such layer."""
    if existing(document, layer_id).mask is not None:
        return ()
    if making.cuts_out:
        return _FOUND
    if making.exact and not _has_shape(document.size, making.wanted):
        return (*_FOUND, edits.EnableMask(PHOTO, False))
    return ()


def framing(
    document: Document, making: Making, layer_id: str = PHOTO, *, network: bool = True
) -> tuple[Step, ...]:
    """What comes after: backdrop, frame, size. network: may enlarge a photo that is too small.

    Raises Problem where the cut-out hides everything."""
    if making.cuts_out and making.fill:
        return _round_product(document, making, layer_id, network)
    if making.exact:
        return _cropped(document, making, layer_id, network)
    return _sized(document.size, _fitting(document.size, making), network)


def _round_product(
    document: Document, making: Making, layer_id: str, network: bool
) -> tuple[Step, ...]:
    width, height = making.size
    frame = edits.FrameProduct(PHOTO, width, height, making.fill)
    product = product_bounds(document, layer_id)
    here = frame_round(product, frame).size
    wanted = _wanted(here, making)
    times = wanted.width / here.width
    if making.is_tight and times > 1 and not _enlarged(document.size, times, network):
        return (*_backdrop(making), *_exactly(product, making.fill, wanted))
    return (
        *_enlarged(document.size, wanted.width / here.width, network),
        *_backdrop(making),
        frame,
        edits.ResizeImage(wanted),
    )


def _exactly(product: Rect, fill: float, wanted: Size) -> tuple[Step, ...]:
    """A small photo framed in pixels of the result: those of the photo are too coarse for a margin
    of a few. A little more is cut out first, so that not all of it has to be enlarged."""
    times = min(
        (fill * wanted.width + _TIP) / product.width, (fill * wanted.height + _TIP) / product.height
    )
    room = ceil((1 - fill) * max(wanted) / times) + _ROOM
    around = product.inflate(room)
    large = Size(round(around.width * times), round(around.height * times))
    middle_x = room + product.width / 2
    middle_y = room + product.height / 2
    x = round(middle_x * large.width / around.width - wanted.width / 2)
    y = round(middle_y * large.height / around.height - wanted.height / 2)
    return (
        edits.CropCanvas(around),
        edits.ResizeImage(large),
        edits.CropCanvas(Rect(x, y, wanted.width, wanted.height)),
    )


def _cropped(document: Document, making: Making, layer_id: str, network: bool) -> tuple[Step, ...]:
    """As much of the photo as has the slot's proportions, with the product in it."""
    backdrop = _backdrop(making)
    if _has_shape(document.size, making.wanted):
        return (*backdrop, *_sized(document.size, _wanted(document.size, making), network))
    known = existing(document, layer_id).mask is not None
    product = product_bounds(document, layer_id) if known else Rect.of(document.size)
    frame = frame_within(document.size, product, making.wanted)
    return (
        *backdrop,
        edits.CropCanvas(frame),
        *_sized(frame.size, _wanted(frame.size, making), network),
    )


def _backdrop(making: Making) -> tuple[Step, ...]:
    if not making.cuts_out:
        return ()
    is_colour = making.backdrop.startswith("#")
    fill = SolidFill(Colour.from_hex(making.backdrop)) if is_colour else None
    return (edits.SetBackground(fill),)


def frame_within(canvas: Size, product: Rect, shape: Size) -> Rect:
    """The largest frame of the proportions of `shape` on the canvas, near its product's middle. It
    reaches beyond the canvas where the product would be cut otherwise."""
    product = product.intersect(Rect.of(canvas))
    ratio = shape.width / shape.height
    inside = min(canvas.width, canvas.height * ratio)
    width = ceil(max(inside, product.width, product.height * ratio) - 1e-6)
    height = max(1, round(width / ratio))
    x = _along(product.x + product.width / 2 - width / 2, width, canvas.width)
    y = _along(product.y + product.height / 2 - height / 2, height, canvas.height)
    return Rect(x, y, width, height)


def _along(start: float, length: int, whole: int) -> int:
    """Not beyond the canvas where that can be; else evenly on both sides."""
    if length >= whole:
        return (whole - length) // 2
    return max(0, min(whole - length, round(start)))


def _wanted(here: Size, making: Making) -> Size:
    """The size in the slot's own proportions: as large as the photo gives, within its limits."""
    most = max(making.wanted)
    long = max(making.least, min(most, max(here)))
    scale = long / most
    return Size(*(max(1, round(side * scale)) for side in making.wanted))


def _fitting(here: Size, making: Making) -> Size:
    """The size in the photo's own proportions, within the slot's limits."""
    scale = min(making.wanted.width / here.width, making.wanted.height / here.height, 1.0)
    scale = max(scale, making.least / max(here))
    return Size(*(max(1, round(side * scale)) for side in here))


def _sized(here: Size, wanted: Size, network: bool) -> tuple[Step, ...]:
    if here == wanted:
        return ()
    return (
        *_enlarged(here, wanted.width / here.width, network),
        edits.ResizeImage(wanted),
    )


def _enlarged(photo: Size, times: float, network: bool) -> tuple[Step, ...]:
    """As the network does it, twice or four times, so that slots of several sizes can share it;
    resampling goes on from there."""
    if not network or times < _MUCH_LARGER:
        return ()
    of_network = 2.0 if times <= 2 else 4.0
    fits = (each for each in (of_network, times) if photo.area * each**2 <= _MOST_ENLARGED)
    found = next(fits, None)
    return () if found is None else (Enhance(upscale=min(8.0, found)),)


def _has_shape(here: Size, wanted: Size) -> bool:
    ratio = here.width * wanted.height / (here.height * wanted.width)
    return abs(ratio - 1) <= _SAME_SHAPE
