# SPDX-License-Identifier: Apache-2.0
"""Painting a photo anew in a style, or in a mixture of two; and small previews of it.

`transfer_style` and `preview_styles` are what the runner calls. A style is a built-in one
(engine/styles.py lists them) or a picture, handed over as an input. The result is the whole
picture, whatever the scope: that is the mask of the layer that it becomes.

How a panel uses it:
    session.submit(TransferStyle("starry-sky", strength=0.8, scope="background"))
    session.submit(TransferStyle(PICTURE), inputs={"style": tiles_of_the_painting})
The job that is done holds a PixelsResult, with `fidelity` and `remarks` to be shown; the layer's
`made_by` keeps the task. Previews: gui/panels/style_pictures.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.context import Context
from prodedit.engine.families import fidelity
from prodedit.engine.families.full_size import carried
from prodedit.engine.families.painting import (
    Painted,
    Wanted,
    cards_for,
    paint,
    paint_each,
    parts,
)
from prodedit.engine.families.reduced import scaled
from prodedit.engine.results import PicturesResult, PixelsResult, Remark
from prodedit.engine.tasks import PreviewStyles, TransferStyle

Bytes = NDArray[np.uint8]
Inputs = Mapping[str, Bytes]

_VISIBLE = 128
_WHITE = 255

_READING = QT_TRANSLATE_NOOP("Progress", "Looking at the style")
_PAINTING = QT_TRANSLATE_NOOP("Progress", "Painting")
_DETAIL = QT_TRANSLATE_NOOP("Progress", "Bringing back the photo's detail")
_DONE = QT_TRANSLATE_NOOP("Progress", "Done")
_SMALLER = QT_TRANSLATE_NOOP(
    "Remark",
    "Memory was short: the style was painted at {width} × {height} pixels and then enlarged.",
)


def transfer_style(task: TransferStyle, inputs: Inputs, context: Context) -> PixelsResult:
    """Paint inputs["source"], (h, w, 4) uint8 premultiplied BGRA, as the task says.

    Raises Problem where there is nothing to paint, a style is unknown or a network missing or
    giving nothing usable; MemoryError where memory does not suffice for the smallest size either.
    """
    source = inputs["source"]
    photo = opaque(source)
    _check(task, source, inputs.get("mask"))
    context.report(0.02, _READING)
    wanted = parts(_wanted(task, inputs), context)
    context.report(0.1, _PAINTING)
    painted = paint(photo, wanted, context)
    context.report(0.7, _DETAIL)
    styled = _finished(task, photo, _at_full_size(painted, photo))
    context.report(0.9, _DETAIL)
    return _result(task, inputs, styled, painted, "+".join(part.card for part in wanted))


def preview_styles(task: PreviewStyles, inputs: Inputs, context: Context) -> PicturesResult:
    """Small paintings of inputs["source"] in each of task.styles, those of one network at once."""
    source = inputs["source"]
    _check_visible(source)
    height, width = source.shape[:2]
    share = min(1.0, task.side / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = scaled(source, size, cv2.INTER_AREA)
    photo = opaque(small)
    context.report(0.05, _READING)
    wanted = [
        parts([Wanted(style, _picture(inputs, "style"), 1.0)], context)[0] for style in task.styles
    ]
    context.report(0.2, _PAINTING)
    order = sorted(
        range(len(wanted)), key=lambda n: [part.card for part in wanted].index(wanted[n].card)
    )
    pictures: dict[int, Bytes] = {}
    for number, picture in zip(order, paint_each(photo, wanted, context), strict=True):
        if task.keep_colour:
            picture = _with_colour_of(photo, picture)
        pictures[number] = _premultiplied(picture, small)
    return PicturesResult(
        np.stack([pictures[number] for number in range(len(wanted))]),
        "+".join(cards_for(task.styles)),
    )


def warm_up(task: TransferStyle | PreviewStyles, context: Context) -> None:
    """Load the networks that the task will ask."""
    blend = task.blend if isinstance(task, TransferStyle) else None
    named = (task.style,) if isinstance(task, TransferStyle) else task.styles
    for card in cards_for((*named, *((blend.style,) if blend else ()))):
        context.store.use(card, context.device)


def opaque(source: Bytes) -> Bytes:
    """(h, w, 4) premultiplied BGRA to (h, w, 3) BGR: colours without their transparency, white
    where there is none at all."""
    alpha = source[..., 3]
    if int(alpha.min()) == 255:
        return np.asarray(cv2.cvtColor(source, cv2.COLOR_BGRA2BGR), np.uint8)
    straight = source[..., :3].astype(np.float32) * 255 / np.maximum(alpha, 1)[..., None]
    straight[alpha == 0] = _WHITE
    return np.rint(np.minimum(straight, 255)).astype(np.uint8)


def _wanted(task: TransferStyle, inputs: Inputs) -> list[Wanted]:
    if task.blend is None:
        return [Wanted(task.style, _picture(inputs, "style"), 1.0)]
    second = min(1.0, max(0.0, task.blend.weight))
    return [
        Wanted(task.style, _picture(inputs, "style"), 1.0 - second),
        Wanted(task.blend.style, _picture(inputs, "blend"), second),
    ]


def _picture(inputs: Inputs, name: str) -> Bytes | None:
    return opaque(inputs[name]) if name in inputs else None


def _at_full_size(painted: Painted, photo: Bytes) -> Bytes:
    if painted.picture.shape == photo.shape:
        return np.rint(painted.picture).astype(np.uint8)
    return carried(painted.picture, painted.photo, photo)


def _finished(task: TransferStyle, photo: Bytes, styled: Bytes) -> Bytes:
    if task.keep_colour:
        styled = _with_colour_of(photo, styled)
    if task.strength >= 1:
        return styled
    strength = max(0.0, task.strength)
    return np.asarray(cv2.addWeighted(styled, strength, photo, 1 - strength, 0), np.uint8)


def _with_colour_of(photo: Bytes, styled: Bytes) -> Bytes:
    """The photo with the lightness of the painting: Y of one, Cb and Cr of the other (BT.601)."""
    kept = cv2.cvtColor(photo, cv2.COLOR_BGR2YCrCb)
    kept[..., 0] = cv2.cvtColor(styled, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.cvtColor(kept, cv2.COLOR_YCrCb2BGR), np.uint8)


def _premultiplied(colours: Bytes, source: Bytes) -> Bytes:
    """(h, w, 3) with the transparency of `source`."""
    alpha = source[..., 3]
    if int(alpha.min()) == 255:
        return np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2BGRA), np.uint8)
    colours = np.rint(colours * (alpha[..., None] / np.float32(255))).astype(np.uint8)
    return np.dstack([colours, alpha])


def _result(
    task: TransferStyle, inputs: Inputs, styled: Bytes, painted: Painted, model: str
) -> PixelsResult:
    source, mask = inputs["source"], inputs.get("mask")
    pixels = _premultiplied(styled, source)
    found = fidelity.measure(source, _shown(task, source, pixels, mask), mask)
    remarks = () if mask is None else fidelity.warnings(found)
    if painted.short_of_memory:
        height, width = painted.picture.shape[:2]
        remarks = (Remark(_SMALLER, {"width": width, "height": height}), *remarks)
    return PixelsResult(pixels, model, found, remarks)


def _shown(task: TransferStyle, source: Bytes, pixels: Bytes, mask: Bytes | None) -> Bytes:
    """What the product will look like: a backdrop's new colours reach into its soft edge only."""
    if task.scope != "background" or mask is None:
        return pixels
    kept = mask[..., None].astype(np.uint16)
    return ((source * kept + pixels * (255 - kept) + 127) // 255).astype(np.uint8)


def _check(task: TransferStyle, source: Bytes, mask: Bytes | None) -> None:
    _check_visible(source)
    if task.scope == "all" or mask is None:
        return
    reached = mask if task.scope == "product" else 255 - mask
    if int(reached.max()) < _VISIBLE:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The cut-out leaves nothing of this picture to be painted. Correct it."
            ),
            code="nothing-in-scope",
        )


def _check_visible(source: Bytes) -> None:
    """Raises Problem for a picture in which there is nothing, or one colour only."""
    if int(source[..., 3].max()) == 0:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This layer is empty: there is nothing to paint."),
            code="empty-picture",
        )
    if all(int(np.ptp(source[..., channel])) == 0 for channel in range(3)):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "This picture is of one colour: there is nothing to paint anew."
            ),
            code="one-colour",
        )
