# SPDX-License-Identifier: Apache-2.0
"""Four times as large on the processor: `python -m tests.benchmarks.bench_enlarging`.

First the networks alone, which ncnn runs for us: against torch eager as everybody writes it, and
against ncnn as its own documentation shows it. Their answers are compared before they are timed,
on small pictures, because the large network takes half a minute of a processor for 256².

Then a whole picture, as a person has it enlarged, against ncnn with the tiles that the programs
published with these weights use: 200 pixels with 10 more round each, from 8 bits to 8 bits. The
pixels are not the same: those tiles show seams, and ours is made to agree with the photo besides,
and comes with the figures of fidelity. Each has one thread: on a busy machine several wait for each
other longer than they work.
"""

from __future__ import annotations

import importlib
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
from prodedit.engine.context import never, quiet
from prodedit.engine.families.enhance import enhance
from prodedit.engine.service.architectures import ARCHITECTURES
from prodedit.engine.service.device import Device, cpu_device
from prodedit.engine.service.networks import TorchNetwork
from prodedit.engine.service.store import ModelStore, Status, default_store
from prodedit.engine.service.surroundings import JobContext, Surroundings
from prodedit.engine.tasks import Enhance
from tests.benchmarks.bench_style import photo
from tests.benchmarks.limits import distance
from tests.benchmarks.timing import as_json, paired, peak, table

Row = dict[str, Any]
Tensor = NDArray[np.float32]
Bytes = NDArray[np.uint8]
SIDES = {enhancing.COMPACT: 96, enhancing.LARGE: 32}
WHOLE, WHOLE_PAIRS = 512, 2
PAIRS = 3
CLOSE = 1e-4
TILE, ROUND = 200, 10


def rows() -> list[Row]:
    heap.keep()  # as the engine's own process does
    store = default_store()
    ready = [name for name in SIDES if store.state(name).status is not Status.MISSING]
    alone = [row for name in ready for row in _alone(store, name)]
    return alone + [_whole(store) for name in ready if name == enhancing.COMPACT]


def _alone(store: ModelStore, name: str) -> list[Row]:
    device, side = _one_thread(), SIDES[name]
    x = np.random.default_rng(1).random((1, 3, side, side), np.float32)
    ours = partial(store.use(name, device), x)
    net = _ncnn(store, name)
    peers: dict[str, Callable[[], Tensor]] = {
        "torch eager": _eager(store, device, name, x),
        "ncnn": lambda: _answer(net, x[0])[np.newaxis],
    }
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
        f"{distance(gflop, median(result.ours_processor), 1)}, counted as direct convolutions; "
        f"at most {peak(ours) / 1e6:.0f} MB while it enlarges; off by {worst:.1e}"
    )
    return result.row(f"{name}, {side}² x 4, one thread", peer, 1.2) | {"note": note}


def _whole(store: ModelStore) -> Row:
    """By the compact network: a pair by the large one would take minutes."""
    name = enhancing.COMPACT
    surroundings = Surroundings()
    vars(surroundings)["cpu"] = _one_thread()
    context = JobContext(surroundings, quiet, never, cpu_only=True)
    source, net = photo(WHOLE), _ncnn(store, name)
    task = Enhance(upscale=4.0, model="compact", label_safe=False)
    ours = partial(enhance, task, {"source": source}, context)
    context.store.use(name, context.device)  # both are loaded before
    peer = partial(_in_tiles, net, source)
    result = paired(ours, peer, pairs=WHOLE_PAIRS, warm=0)
    note = (
        f"of the processor's time {result.processor_ratio:.2f}; at most {peak(ours) / 1e6:.0f} MB "
        f"while it enlarges; without seams, and made to agree with "
        "the photo"
    )
    what = f"Enhance, compact, {WHOLE}² x 4, one thread"
    return result.row(what, f"ncnn, tiles of {TILE}", 1.2) | {"note": note}


def _one_thread() -> Device:
    return replace(cpu_device(), threads=1)


def _eager(store: ModelStore, device: Device, name: str, x: Tensor) -> Callable[[], Tensor]:
    architecture = ARCHITECTURES[store.card(name).architecture]
    loaded: Any = TorchNetwork(store.card(name), store.weights(name), architecture, device)
    module = architecture.build().eval()
    module.load_state_dict(loaded._module.state_dict())

    def run() -> Tensor:
        with torch.inference_mode():
            answer: Tensor = module(torch.from_numpy(x)).numpy()
        return answer

    return run


def _ncnn(store: ModelStore, name: str) -> Any:
    ncnn = importlib.import_module("ncnn")
    card = store.card(name)
    weights, graph = (store.locate(card, file) for file in card.files)
    net = ncnn.Net()
    net.opt.num_threads = 1
    net.load_param(str(graph))
    net.load_model(str(weights))
    return net


def _answer(net: Any, picture: Tensor) -> Tensor:
    ncnn = importlib.import_module("ncnn")
    extractor = net.create_extractor()
    held = np.ascontiguousarray(picture)  # ncnn looks at it until the answer is there
    extractor.input("data", ncnn.Mat(held))
    return np.array(extractor.extract("output")[1])


def _in_tiles(net: Any, source: Bytes) -> Bytes:
    """(4 h, 4 w, 3) BGR of (h, w, 4) BGRA."""
    x = (source[..., 2::-1].astype(np.float32) / 255).transpose(2, 0, 1)
    height, width = x.shape[1:]
    made = np.empty((4 * height, 4 * width, 3), np.uint8)
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            y, z = max(0, top - ROUND), max(0, left - ROUND)
            answer = _answer(net, x[:, y : top + TILE + ROUND, z : left + TILE + ROUND])
            tall, wide = 4 * min(TILE, height - top), 4 * min(TILE, width - left)
            y, z = 4 * (top - y), 4 * (left - z)
            inner = answer[::-1, y : y + tall, z : z + wide].transpose(1, 2, 0)
            pixels = np.clip(inner * 255 + 0.5, 0, 255).astype(np.uint8)
            made[4 * top : 4 * top + tall, 4 * left : 4 * left + wide] = pixels
    return made


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
