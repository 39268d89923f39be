# SPDX-License-Identifier: Apache-2.0
"""Enhancing a picture: what the runner calls for an Enhance task.

First what is wrong is taken out (JPEG's traces, noise), then light and colour are set, then the
picture is enlarged, and sharpened last. Only enlarging asks a network: for the rest the classical
methods gave the nearer picture, in a tenth of the time (tests/benchmarks/ENHANCE_QUALITY.md).

Colour and alpha go their ways apart: colours are straight, and go on under what is transparent, so
that no network and no filter sees a dark rim; alpha and mask are enlarged in step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core import pixels as premultiplication
from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.engine import enhancing
from prodedit.engine.context import Context
from prodedit.engine.families import cleaning, fidelity, lighting, sharpening, text_regions, tiled
from prodedit.engine.families.edges import filled_out, resized_alpha, resized_colour
from prodedit.engine.families.shares import part
from prodedit.engine.results import Fidelity, PixelsResult, Remark
from prodedit.engine.tasks import Enhance

Bytes = NDArray[np.uint8]
Inputs = Mapping[str, Bytes]

_SMALL_PIECES = QT_TRANSLATE_NOOP(
    "Remark",
    "Memory was short, so the picture was enlarged in pieces of {side} pixels. It took longer; "
    "the result is the same.",
)
_SHRUNK = QT_TRANSLATE_NOOP(
    "Remark", "The picture was larger than asked for, so it was made smaller."
)
_NO_TRACES = QT_TRANSLATE_NOOP("Remark", "No traces of JPEG were found, so none were taken out.")

_CLEANING = QT_TRANSLATE_NOOP("Progress", "Removing noise and traces of JPEG")
_LIGHTING = QT_TRANSLATE_NOOP("Progress", "Setting light and colour")
_READING = QT_TRANSLATE_NOOP("Progress", "Looking for text")
_SHARPENING = QT_TRANSLATE_NOOP("Progress", "Sharpening")
_DONE = QT_TRANSLATE_NOOP("Progress", "Done")


class _Made(NamedTuple):
    colours: Bytes
    model: str
    remarks: tuple[Remark, ...]


def enhance(task: Enhance, inputs: Inputs, context: Context) -> PixelsResult:
    """inputs["source"] (h, w, 4), "mask" (h, w) and "foreground" (h, w, 4) where there are such.

    Raises Problem where the size is out of bounds, a network is missing or gives nothing usable.
    """
    source = inputs["source"]
    size = enhancing.target_size(task, Size(source.shape[1], source.shape[0]))
    alpha = _alpha(source)
    colours = filled_out(source) if alpha is not None else _rgb(source)
    context.report(0.0, _CLEANING)
    colours, remarks = _cleaned(task, colours, context)
    context.report(0.1, _LIGHTING)
    light = _light(task, inputs, colours, alpha)
    lit = light.applied(colours)
    made = _sized(task, lit, size, context)
    context.report(0.93, _SHARPENING)
    sharp = sharpening.sharpened(made.colours, task.sharpen, size.width / source.shape[1])
    found = _fidelity(lit, sharp, inputs.get("mask")) if made.model else None
    result = PixelsResult(
        _joined(sharp, None if alpha is None else resized_alpha(alpha, size)),
        made.model,
        found,
        (*remarks, *made.remarks, *fidelity.warnings(found)),
        alpha=resized_alpha(inputs["mask"], size) if "mask" in inputs else None,
        foreground=_foreground(inputs, light, size),
    )
    context.report(1.0, _DONE)
    return result


def _light(task: Enhance, inputs: Inputs, colours: Bytes, alpha: Bytes | None) -> lighting.Light:
    """Measured on all of the picture, also where only a piece of it is made."""
    if task.piece is None or "reference" not in inputs:
        return lighting.found(task, colours, alpha)
    whole = inputs["reference"]
    shown = _alpha(whole)
    seen = filled_out(whole) if shown is not None else _rgb(whole)
    return lighting.found(task, seen, shown).of_piece(task.piece)


def _fidelity(before: Bytes, after: Bytes, mask: Bytes | None) -> Fidelity | None:
    """What the network has made of the product; light and tone were asked for."""
    return fidelity.measure(before[..., ::-1], after[..., ::-1], mask)


def warm_up(task: Enhance, context: Context) -> None:
    """Load the networks that the task may ask."""
    for name in {"large": (enhancing.LARGE,), "classic": ()}.get(task.model, (enhancing.COMPACT,)):
        context.store.use(name, context.device)


def _cleaned(task: Enhance, colours: Bytes, context: Context) -> tuple[Bytes, tuple[Remark, ...]]:
    """Noise and JPEG's traces go in one pass."""
    quality = cleaning.jpeg_quality(colours) if task.clean_jpeg else None
    remarks = (Remark(_NO_TRACES, {}),) if task.clean_jpeg and quality is None else ()
    noise = cleaning.noise_to_remove(colours, task.denoise)
    traces = (0.0, 0.0, 0.0)
    if quality is not None:
        traces = cleaning.traces_to_remove(quality, task.clean_jpeg)
    light, one, other = map(max, noise, traces)
    if light > 0:
        colours = cleaning.cleaned(colours, (light, one, other), part(context, 0.0, 0.1))
    if quality is not None:
        colours = cleaning.colours_at_edges(colours, task.clean_jpeg)
    return colours, remarks


def _sized(task: Enhance, colours: Bytes, size: Size, context: Context) -> _Made:
    before = Size(colours.shape[1], colours.shape[0])
    if size == before:
        return _Made(colours, "", ())
    on_gpu = context.device.kind != "cpu"
    name = enhancing.network_of(task, before, on_gpu=on_gpu)
    if name is None:
        shrunk = size.width < before.width and size.height < before.height
        remarks = (Remark(_SHRUNK, {}),) if shrunk else ()
        return _Made(resized_colour(colours, size), "", remarks)
    return _by_network(name, task, colours, size, context)


def _by_network(name: str, task: Enhance, colours: Bytes, size: Size, context: Context) -> _Made:
    network = context.store.use(name, context.device)
    models, classic = [name], None
    if task.label_safe:
        context.report(0.12, _READING)
        reader = context.store.use(enhancing.TEXT, context.device)
        classic = text_regions.text_share(colours, reader, context.cancelled)
        models.append(enhancing.TEXT)
    height, width = colours.shape[:2]
    scale = 2 if max(size.width / width, size.height / height) <= 2 else 4
    report = part(context, 0.15, 0.9)
    enlarged = tiled.enlarge(colours, classic, network, scale, context, report)
    remarks = (Remark(_SMALL_PIECES, {"side": enlarged.side}),) if enlarged.short else ()
    return _Made(resized_colour(enlarged.colours, size), "+".join(models), remarks)


def _foreground(inputs: Inputs, light: lighting.Light, size: Size) -> Bytes | None:
    """The colours of the mask's own, in the same light."""
    if "foreground" not in inputs:
        return None
    own = inputs["foreground"]
    alpha = _alpha(own)
    lit = light.applied(filled_out(own) if alpha is not None else _rgb(own))
    return _joined(
        resized_colour(lit, size), None if alpha is None else resized_colour(alpha, size)
    )


def _alpha(source: Bytes) -> Bytes | None:
    """None where everything is opaque."""
    alpha = source[..., 3]
    return None if int(alpha.min()) == 255 else np.ascontiguousarray(alpha)


def _rgb(source: Bytes) -> Bytes:
    return np.ascontiguousarray(source[..., 2::-1])


def _joined(colours: Bytes, alpha: Bytes | None) -> Bytes:
    """(h, w, 3) straight RGB and alpha to (h, w, 4) premultiplied BGRA."""
    if alpha is None:
        alpha = np.full(colours.shape[:2], 255, np.uint8)
    return premultiplication.premultiply(np.dstack((colours, alpha)))
