# SPDX-License-Identifier: Apache-2.0
"""Something painted over goes, and what could have been behind it comes in its place."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Rect, Size
from prodedit.core.paint.hole import LEAST, MARGIN, softened
from prodedit.core.pixels import premultiply, straight_rgba
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import slices
from prodedit.engine.cards import ERASE
from prodedit.engine.context import Context
from prodedit.engine.families.patch_fill import filled, is_plain, smoothly_filled
from prodedit.engine.families.shares import part
from prodedit.engine.results import PicturesResult, PixelsResult
from prodedit.engine.service.networks import Network
from prodedit.engine.service.store import Status
from prodedit.engine.service.tensors import normalise
from prodedit.engine.tasks import EraseObject, EraseRegion

Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]

_SMOOTH = 1
"""The variant that is spanned smoothly, where what lies round the hole is a plain backdrop."""
_SIDE, _STEP = 512, 8
"""Of what a network is shown that takes any size; its sides are multiples of the step."""
_HERE = (Status.PRESENT, Status.VERIFIED)
_THERE = 128
"""Alpha from which on a pixel may be taken elsewhere."""


def erase_object(
    task: EraseObject, inputs: Mapping[str, Bytes], context: Context
) -> PicturesResult:
    """inputs: see the Task. Raises Problem where nothing is left to look at, and Cancelled."""
    source, hole = inputs["source"], inputs["erase"] > 0
    rgba = straight_rgba(source)
    avoid = rgba[..., 3] < _THERE
    if (hole | avoid).all():
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "All of the layer is painted over, so nothing tells what could be there. Paint "
                "over less.",
            ),
            code="nothing-left",
        )
    colours = np.ascontiguousarray(rgba[..., :3])
    plain = is_plain(colours, hole)
    made = [premultiply(np.dstack([one, rgba[..., 3]])) for one in _learned(colours, hole, context)]
    for number in range(task.variants - len(made)):
        report = part(context, number / task.variants, (number + 1) / task.variants)
        seed = 1000 * task.seed + number
        if plain and number == _SMOOTH:
            new = smoothly_filled(colours, hole, seed, report)
        else:
            new = filled(colours, hole, seed, report, avoid if avoid.any() else None)
        made.append(premultiply(np.dstack([new, rgba[..., 3]])))
    return PicturesResult(np.stack(made))


def erase_region(task: EraseRegion, inputs: Mapping[str, Bytes], context: Context) -> PixelsResult:
    """inputs: see the Task. Raises Problem where the region leaves nothing to look at, and
    Cancelled."""
    source = inputs["source"]
    whole = Rect.of(Size(source.shape[1], source.shape[0]))
    region = task.rect(whole.size)
    around = max(LEAST, region.width, region.height)
    area = region.inflate(around).intersect(whole)
    gone = region.inflate(MARGIN).intersect(area)
    hole = np.zeros((area.height, area.width), np.uint8)
    slices(hole, gone.translate(-area.x, -area.y))[...] = 255
    looked_at = {"source": np.ascontiguousarray(slices(source, area)), "erase": hole}
    found = erase_object(EraseObject(1, task.seed), looked_at, context)
    pixels, share = source.copy(), np.zeros(source.shape[:2], np.uint8)
    slices(pixels, area)[...] = found.pictures[0]
    slices(share, area)[...] = softened(hole)
    return PixelsResult(pixels, found.model, alpha=share)


def _learned(colours: Bytes, hole: Bools, context: Context) -> list[Bytes]:
    """What a network that fills holes says, where there is one on this computer; at most one."""
    for card in context.store.cards().values():
        if card.task == ERASE and context.store.state(card.id).status in _HERE:
            return [_asked(colours, hole, context.store.use(card, context.device), context)]
    return []


def _asked(colours: Bytes, hole: Bools, network: Network, context: Context) -> Bytes:
    spec = network.card.input
    height, width = hole.shape
    scale = min(1.0, _SIDE / max(height, width))
    size = (spec.side, spec.side) if spec.side else (_whole(width * scale), _whole(height * scale))
    small = cv2.resize(colours, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    mask = cv2.resize(hole.view(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    order = slice(None, None, -1 if spec.channels == "bgr" else 1)
    told = normalise(np.ascontiguousarray(small[:, :, order]), spec) * ~mask
    tensor = np.concatenate([told, mask[None, None].astype(np.float32)], axis=1)
    low, high = spec.output_range
    answer = (network.run(tensor, context.cancelled)[0, :3] - low) / (high - low)
    picture = np.clip(answer, 0, 1).transpose(1, 2, 0)[:, :, order] * 255
    large = cv2.resize(np.ascontiguousarray(picture), (width, height))
    return np.where(hole[..., None], np.rint(large).astype(np.uint8), colours)


def _whole(side: float) -> int:
    return max(_STEP, round(side / _STEP) * _STEP)
