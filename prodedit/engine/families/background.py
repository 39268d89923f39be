# SPDX-License-Identifier: Apache-2.0
"""Removing a background: networks, alpha at the photo's own resolution, foreground colour, trust.

`remove_background` and `select_object` are what the runner calls. A prediction is never stretched
to fill 0..1, so an empty picture stays empty and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.cards import InputSpec, ModelCard
from prodedit.engine.context import Context
from prodedit.engine.families import coarse, seeded
from prodedit.engine.families.foreground import foreground
from prodedit.engine.families.lanczos import resized
from prodedit.engine.families.matting import refine
from prodedit.engine.families.reduced import Reduced, scaled
from prodedit.engine.results import MaskResult
from prodedit.engine.service.store import Status
from prodedit.engine.service.tensors import network_input, normalise, straight_rgb
from prodedit.engine.tasks import RemoveBackground, SelectObject

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Inputs = Mapping[str, Bytes]

AUTO = "auto"
WHOLE, FINE = "u2net", "isnet"
_LEAST_SHARE = 3e-4  # of the picture: less than this is no product
_CERTAIN = (0.0, 0.6, 0.8, 0.9, 0.95, 0.97, 0.985, 0.995, 1.0)
_SCORE = (0.0, 0.25, 0.5, 0.7, 0.85, 0.92, 0.96, 0.99, 0.99)
"""What a certain share of the cut-out is worth, fitted to pictures with known alpha: 0.7 about an
IoU of 0.9, 0.9 about 0.97. Never 1: what no network saw, nobody doubted."""
_LEAST_CONTRAST = 4  # grey levels between a picture's darkest and brightest part

_FINDING = QT_TRANSLATE_NOOP("Progress", "Looking for the product")
_EDGE = QT_TRANSLATE_NOOP("Progress", "Refining the edge")
_COLOUR = QT_TRANSLATE_NOOP("Progress", "Cleaning the edge's colour")
_DONE = QT_TRANSLATE_NOOP("Progress", "Done")


def remove_background(task: RemoveBackground, inputs: Inputs, context: Context) -> MaskResult:
    """Cut the product out of inputs["source"], (h, w, 4) uint8 premultiplied BGRA.

    Raises Problem where there is no product, a network is missing or gives nothing usable.
    """
    source = inputs["source"]
    reduced = Reduced(source)
    _check_picture(reduced.small)
    context.report(0.02, _FINDING)
    found, model = find(task.model, reduced, context)
    _check_found(found.matte)
    context.report(0.85, _EDGE)
    return finish(reduced, found, model, context) if task.refine else plain(reduced, found, model)


def select_object(task: SelectObject, inputs: Inputs, context: Context) -> MaskResult:
    """Add or remove the objects under task.seeds: inputs["source"], and inputs["mask"] (h, w)."""
    return seeded.select(task.seeds, inputs, context, lambda picture: _first_look(picture, context))


def warm_up(task: RemoveBackground | SelectObject, context: Context) -> None:
    """Load the networks that the task will ask."""
    wanted = task.model if isinstance(task, RemoveBackground) else WHOLE
    for card in _cards(wanted, context):
        context.store.use(card, context.device)


def find(model: str, reduced: Reduced, context: Context) -> tuple[coarse.Coarse, str]:
    """The coarse matte, and the ids of the networks that made it."""
    cards = _cards(model, context)
    asks = [_asking(card, context) for card in cards]
    if len(asks) == 2:
        return coarse.joined(asks[0], asks[1], reduced, context.report), f"{WHOLE}+{FINE}"
    return coarse.single(asks[0], reduced), cards[0].id


def plain(reduced: Reduced, found: coarse.Coarse, model: str) -> MaskResult:
    """The matte as the network drew it, enlarged with the filter that rembg uses."""
    height, width = reduced.source.shape[:2]
    alpha = resized((found.matte * 255).astype(np.uint8), (width, height))
    doubt = scaled(found.doubt, reduced.size)
    confidence, score = _trust(doubt, scaled(found.matte, reduced.size), (width, height))
    return MaskResult(alpha, confidence, None, score, model)


def finish(reduced: Reduced, found: coarse.Coarse, model: str, context: Context) -> MaskResult:
    """Alpha at the photo's own resolution, the product's own colour in its soft band, and trust."""
    height, width = reduced.source.shape[:2]
    fine = refine(reduced, found.matte, found.cells)
    _check_found(fine.small)
    context.report(0.93, _COLOUR)
    colour = foreground(reduced, fine.alpha, fine.small)
    doubt = scaled(found.doubt, reduced.size)
    soft = 4 * fine.small * (1 - fine.small)
    band = (1 - fine.trust) * (0.6 * doubt + 0.4 * soft)
    doubt = np.where(fine.unknown, band, doubt).astype(np.float32)
    confidence, score = _trust(doubt, fine.small, (width, height))
    context.report(1.0, _DONE)
    return MaskResult(fine.alpha, confidence, colour, score, model)


def _trust(doubt: Floats, matte: Floats, size: tuple[int, int]) -> tuple[Bytes, float]:
    """The confidence map at (width, height), and what the share that is not in doubt is worth."""
    certain = float(matte.sum() / max(1e-6, float(matte.sum() + doubt.sum())))
    small = np.rint((1 - np.clip(doubt, 0, 1)) * 255).astype(np.uint8)
    return scaled(small, size, cv2.INTER_LINEAR), float(np.interp(certain, _CERTAIN, _SCORE))


def _cards(model: str, context: Context) -> list[ModelCard]:
    """The cards that a choice stands for. "auto" makes do with one network where one is missing."""
    store = context.store
    if model == AUTO:
        there = [n for n in (WHOLE, FINE) if store.state(n).status is not Status.MISSING]
        return [store.card(name) for name in there or (WHOLE,)]
    card = store.card(model)
    if card.task != "cutout":
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The model “{model}” is not for cutting out."),
            code="unknown-model",
            model=model,
        )
    return [card]


def _first_look(reduced: Reduced, context: Context) -> Floats:
    return _asking(_cards(WHOLE, context)[0], context)(reduced)


def _asking(card: ModelCard, context: Context) -> Callable[[Reduced], Floats]:
    """A function from picture to the network's matte (h', w') 0..1."""

    def ask(picture: Reduced) -> Floats:
        network = context.store.use(card, context.device)
        answer = network.run(tensor(picture, card.input), context.cancelled)
        return _usable(answer, card)

    return ask


def tensor(picture: Reduced, spec: InputSpec) -> Floats:
    """The picture (1, 3, side, side) at the network's size, by Lanczos and with its brightest value
    as white, as the networks were trained and as rembg shows it to them."""
    if spec.side == 0:
        return network_input(picture.small, spec)
    colours = straight_rgb(picture.lanczos(spec.side))
    colours /= max(1e-6, float(colours.max()))
    return normalise(colours[..., ::-1] if spec.channels == "bgr" else colours, spec)


def _usable(answer: NDArray[np.float32], card: ModelCard) -> Floats:
    if answer.ndim != 4 or answer.shape[:2] != (1, 1) or not np.isfinite(answer).all():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "The model “{model}” gave no usable answer. Try the other quality."
            ),
            code="bad-network-output",
            model=card.title.en,
            details=f"shape {answer.shape}",
        )
    low, high = card.input.output_range
    matte: Floats = np.clip((answer[0, 0] - low) / (high - low), 0, 1).astype(np.float32)
    return matte


def _check_picture(small: Bytes) -> None:
    ranges = [cv2.minMaxLoc(cv2.extractChannel(small, channel))[:2] for channel in range(3)]
    if max(most - least for least, most in ranges) < _LEAST_CONTRAST:
        raise _nothing_found()


def _check_found(matte: Floats) -> None:
    if float((matte > 0.5).mean()) < _LEAST_SHARE:
        raise _nothing_found()


def _nothing_found() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "No product was found in this picture. Choose “Click on it” and click the product.",
        ),
        code="nothing-found",
    )
