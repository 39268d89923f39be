# SPDX-License-Identifier: Apache-2.0
"""Four times as large on the processor: `python -m tests.benchmarks.bench_enlarging`.

The peer runs the same weights: ncnn, where its Python package is installed in this environment
(`pip install --no-deps ncnn`; it is no part of the set-up), and torch eager as everybody writes it.
Answers are compared before they are timed. Pictures are small, because the large network takes half
a minute of a processor for 256²: the work for a pixel is the same. Each has one thread: on a busy
machine several wait for each other longer than they work.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from prodedit.core import heap
from prodedit.engine import enhancing
from prodedit.engine.service.device import Device, cpu_device
from prodedit.engine.service.store import ModelStore, Status, default_store
from tests.benchmarks.limits import distance
from tests.benchmarks.timing import as_json, paired, peak, table

Row = dict[str, Any]
Tensor = NDArray[np.float32]
SIDES = {enhancing.COMPACT: 96, enhancing.LARGE: 24}
PAIRS = 3
CLOSE = 1e-3


def rows() -> list[Row]:
    heap.keep()  # as the engine's own process does
    store = default_store()
    ready = [name for name in SIDES if store.state(name).status is not Status.MISSING]
    return [row for name in ready for row in _rows(store, name)]


def _rows(store: ModelStore, name: str) -> list[Row]:
    device, side = replace(cpu_device(), threads=1), SIDES[name]
    x = np.random.default_rng(1).random((1, 3, side, side), np.float32)
    ours = partial(store.use(name, device), x)
    peers: dict[str, Callable[[], Tensor]] = {"torch eager": _eager(store, device, name, x)}
    if importlib.util.find_spec("ncnn") is not None:
        peers["ncnn"] = _ncnn(store, name, x)
    return [_row(name, peer, ours, call) for peer, call in peers.items()]


def _row(name: str, peer: str, ours: Callable[[], Tensor], call: Callable[[], Tensor]) -> Row:
    side = SIDES[name]
    worst = float(np.abs(ours() - call()).max())
    if worst > CLOSE:
        raise AssertionError(f"the answers differ by {worst}")
    result = paired(ours, call, pairs=PAIRS, warm=0)
    gflop = enhancing.MFLOP_PER_PIXEL[name] * side * side / 1e3
    note = (
        f"of the processor's time {result.processor_ratio:.2f}; "
        f"{distance(gflop, median(result.ours_processor), 1)}; "
        f"at most {peak(ours) / 1e6:.0f} MB while it enlarges; off by {worst:.1e}"
    )
    return result.row(f"{name}, {side}² x 4, one thread", peer, 1.2) | {"note": note}


def _eager(store: ModelStore, device: Device, name: str, x: Tensor) -> Callable[[], Tensor]:
    from prodedit.engine.service.architectures import ARCHITECTURES

    module = ARCHITECTURES[store.card(name).architecture].build().eval()
    loaded: Any = store.use(name, device)
    module.load_state_dict(loaded._module.state_dict())

    def run() -> Tensor:
        with torch.inference_mode():
            answer: Tensor = module(torch.from_numpy(x)).numpy()
        return answer

    return run


def _ncnn(store: ModelStore, name: str, x: Tensor) -> Callable[[], Tensor]:
    ncnn = importlib.import_module("ncnn")
    card = store.card(name)
    weights, graph = (store.locate(card, file) for file in card.files)
    net = ncnn.Net()
    net.opt.num_threads = 1
    net.load_param(str(graph))
    net.load_model(str(weights))

    def run() -> Tensor:
        extractor = net.create_extractor()
        extractor.input("data", ncnn.Mat(np.ascontiguousarray(x[0])))
        _, answer = extractor.extract("output")
        return np.asarray(answer)[np.newaxis]

    return run


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
