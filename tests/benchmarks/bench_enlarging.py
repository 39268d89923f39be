# SPDX-License-Identifier: Apache-2.0
"""Four times as large on the processor: `python -m tests.benchmarks.bench_enlarging`.

The peer runs the same weights: ncnn, where its Python package is installed in this environment
(`pip install ncnn`; it is no part of the set-up), and torch eager as everybody writes it, without
pieces. Answers are compared before they are timed.
"""

from __future__ import annotations

import importlib.util
import resource
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from prodedit.engine import enhancing
from prodedit.engine.service.device import cpu_device
from prodedit.engine.service.store import ModelStore, Status, default_store
from tests.benchmarks.bench_network import _nominal, _product
from tests.benchmarks.timing import as_json, paired, table

Row = dict[str, Any]
Tensor = NDArray[np.float32]
SIDES = {enhancing.COMPACT: 512, enhancing.LARGE: 64}
"""The large network takes minutes for 512² on a processor."""
PAIRS = 3
CLOSE = 1e-3


def rows() -> list[Row]:
    store = default_store()
    ready = [name for name in SIDES if store.state(name).status is not Status.MISSING]
    return [row for name in ready for row in _rows(store, name)]


def _rows(store: ModelStore, name: str) -> list[Row]:
    device, side = cpu_device(), SIDES[name]
    x = np.random.default_rng(1).random((1, 3, side, side), np.float32)
    ours = partial(store.use(name, device), x)
    peers: dict[str, Callable[[], Tensor]] = {"torch eager": _eager(store, name, x)}
    if importlib.util.find_spec("ncnn") is not None:
        peers["ncnn"] = _ncnn(store, name, x, device.threads)
    return [_row(name, peer, ours, call, device.threads) for peer, call in peers.items()]


def _row(name: str, peer: str, ours: Callable[[], Tensor], call: Any, threads: int) -> Row:
    side = SIDES[name]
    worst = float(np.abs(ours() - call()).max())
    if worst > CLOSE:
        raise AssertionError(f"the answers differ by {worst}")
    result = paired(ours, call, pairs=PAIRS)
    rate = enhancing.MFLOP_PER_PIXEL[name] * side * side / 1e3 / median(result.ours)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    note = (
        f"{rate:.0f} GFLOP/s: {rate / _nominal(threads):.0%} of units times clock, "
        f"{rate / _product(threads):.0%} of a matrix product; the process at most {peak:.0f} MB; "
        f"off by {worst:.1e}"
    )
    return result.row(f"{name}, {side}² x 4, processor", peer, 1.2) | {"note": note}


def _eager(store: ModelStore, name: str, x: Tensor) -> Callable[[], Tensor]:
    from prodedit.engine.service.architectures import ARCHITECTURES

    module = ARCHITECTURES[store.card(name).architecture].build().eval()
    loaded: Any = store.use(name, cpu_device())
    module.load_state_dict(loaded._module.state_dict())

    def run() -> Tensor:
        with torch.inference_mode():
            answer: Tensor = module(torch.from_numpy(x)).numpy()
        return answer

    return run


def _ncnn(store: ModelStore, name: str, x: Tensor, threads: int) -> Callable[[], Tensor]:
    ncnn = importlib.import_module("ncnn")
    card = store.card(name)
    weights, graph = (store.locate(card, file) for file in card.files)
    net = ncnn.Net()
    net.opt.num_threads = threads
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
