# SPDX-License-Identifier: Apache-2.0
"""Where text stands in a photo, so that no network invents letters.

The network (PP-OCR's detector, see its card) says for each pixel how likely it lies in a line of
text. It marks the middle of lines, so what it finds is grown by a share of the line's height.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.core import pixels as premultiplication
from prodedit.core.geometry import Size
from prodedit.engine import enhancing
from prodedit.engine.context import Context
from prodedit.engine.families.tiled import part_of, pieces
from prodedit.engine.results import TextResult
from prodedit.engine.service import store_problems
from prodedit.engine.service.networks import Network
from prodedit.engine.service.tensors import normalise
from prodedit.engine.tasks import FindText

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_LIKELY = 0.3
"""PP-OCR's own threshold."""
_SURE = 0.6
_TALLEST = 0.15
"""Of the long side: the height of a line."""
_MULTIPLE = 32
_SIDE = 960
"""Pixels of a piece: lines are found whole in it."""
_OVERLAP = 96
_LONG_SIDE = 2880
"""Larger photos are looked at in this size: their letters are tall."""
_GROWN = 0.6
"""Of a line's height, to all sides."""
_SOFT = 3.0


def find_text(task: FindText, inputs: Mapping[str, Bytes], context: Context) -> TextResult:
    """inputs["source"] (h, w, 4) premultiplied BGRA; what is transparent is seen on white.

    Raises Problem where the network is missing or gives nothing usable, and Cancelled.
    """
    del task
    reader = context.store.use(enhancing.TEXT, context.device)
    colours = premultiplication.rgb_over(inputs["source"], (255, 255, 255))
    share = text_share(colours, reader, context.cancelled)
    return TextResult(np.rint(255 * share).astype(np.uint8), enhancing.TEXT)


def warm_up(task: FindText, context: Context) -> None:
    """Load the network."""
    del task
    context.store.use(enhancing.TEXT, context.device)


def text_share(colours: Bytes, network: Network, cancelled: Callable[[], bool]) -> Floats:
    """(h, w) float32: 1 in lines of text of (h, w, 3) uint8 RGB and close round them, else 0; soft
    in between. Raises Problem, Cancelled."""
    height, width = colours.shape[:2]
    size = Size(width, height).fit(_LONG_SIDE)
    small = np.asarray(cv2.resize(colours, size, interpolation=cv2.INTER_AREA), np.uint8)
    likely = np.zeros((size.height, size.width), np.float32)
    for piece in chain.from_iterable(pieces(size, _SIDE, _OVERLAP)):
        found = _asked(part_of(small, piece.shown), network, cancelled)
        target = part_of(likely, piece.shown)
        np.maximum(target, found, out=target)
    share = _grown(likely)
    return np.asarray(cv2.resize(share, (width, height), interpolation=cv2.INTER_LINEAR))


def _asked(piece: Bytes, network: Network, cancelled: Callable[[], bool]) -> Floats:
    height, width = piece.shape[:2]
    padded = cv2.copyMakeBorder(
        piece, 0, -height % _MULTIPLE, 0, -width % _MULTIPLE, cv2.BORDER_REPLICATE
    )
    colours = padded.astype(np.float32) / np.float32(255)
    spec = network.card.input
    x = normalise(colours[..., ::-1] if spec.channels == "bgr" else colours, spec)
    answer = network.run(x, cancelled)
    if answer.shape != (1, 1, *padded.shape[:2]):
        raise store_problems.bad_answer(
            network.card.title.en, f"shape {answer.shape} for {x.shape}"
        )
    return np.asarray(answer[0, 0, :height, :width], np.float32)


def _grown(likely: Floats) -> Floats:
    """Each line by a share of its own height. What is unsure on the whole, or as tall as no line
    is, was cloth or grain."""
    marked = (likely > _LIKELY).astype(np.uint8)
    count, labels, facts, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    share = np.zeros(marked.shape, np.float32)
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in facts[number])
        here = (slice(y, y + height), slice(x, x + width))
        sure = float(likely[here][labels[here] == number].mean())
        thickness = area / max(width, height)
        if sure < _SURE or thickness > _TALLEST * max(likely.shape):
            continue
        reach = max(2, round(_GROWN * thickness))
        rows = slice(max(0, y - reach), y + height + reach)
        columns = slice(max(0, x - reach), x + width + reach)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * reach + 1, 2 * reach + 1))
        own = (labels[rows, columns] == number).astype(np.uint8)
        share[rows, columns] = np.maximum(share[rows, columns], cv2.dilate(own, kernel))
    return np.asarray(cv2.GaussianBlur(share, (0, 0), _SOFT), np.float32) if count > 1 else share
