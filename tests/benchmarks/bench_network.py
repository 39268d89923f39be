# SPDX-License-Identifier: Apache-2.0
"""Networks alone on the processor: `python -m tests.benchmarks.bench_network`.

Ours is what the store hands out for a card. The peers run the same weights in the same process: a
default ONNX Runtime session, which fetches all outputs as rembg does, and torch eager as everybody
writes it. The distance from the limit is told twice: of what the processor's units could do at the
clock it shows now, and of what a large matrix product reaches just before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import onnxruntime as ort
import torch
from numpy.typing import NDArray

from prodedit.engine.cards import ModelCard
from prodedit.engine.service.architectures import ARCHITECTURES, converted
from prodedit.engine.service.device import cpu_device
from prodedit.engine.service.store import ModelStore, Status, default_store
from tests.benchmarks.limits import nominal, product
from tests.benchmarks.timing import Paired, as_json, paired, table

Row = dict[str, Any]
Tensor = NDArray[np.float32]

GFLOP = {"u2net": 117.2, "isnet": 319.3}
"""Counted layer by layer from the published definitions, two for a multiply and an add."""
PAIRS = 4
_READY = (Status.PRESENT, Status.VERIFIED)
CLOSE = 1e-3


def rows() -> list[Row]:
    store = default_store()
    ready = [name for name in GFLOP if store.state(name).status in _READY]
    return [row for name in ready for row in _card_rows(store, store.card(name))]


def _card_rows(store: ModelStore, card: ModelCard) -> list[Row]:
    device = cpu_device()
    side = card.input.side
    x = np.random.default_rng(1).normal(0, 1, (1, 3, side, side)).astype(np.float32)
    network = store.use(card, device)
    path = next(store.locate(card, file) for file in card.files if file.name.endswith(".onnx"))
    ours = partial(network, x)
    found = []
    peers: dict[str, Callable[[], Tensor]] = {
        "ONNX Runtime": _default_session(path, x),
        "torch eager": _eager(store, card, path, x, device.threads),
    }
    for name, peer in peers.items():
        worst = _worst(ours(), peer())
        result = paired(ours, peer, pairs=PAIRS)
        found.append(_row(card, name, result, worst, device.threads))
    store.evict(card.id)
    return found


def _row(card: ModelCard, peer: str, result: Paired, worst: float, threads: int) -> Row:
    row = result.row(f"{card.title.en} alone, {card.input.side}², processor", peer, 1.0)
    rate = GFLOP[card.id] / median(result.ours)
    units, reached = nominal(threads), product(threads)
    note = (
        f"{rate:.0f} GFLOP/s: {rate / units:.0%} of {units:.0f} (units times clock), "
        f"{rate / reached:.0%} of {reached:.0f} (matrix product); off by {worst:.1e}"
    )
    limits = {"gflops": rate, "of_nominal": rate / units, "of_product": rate / reached}
    return row | limits | {"note": note}


def _worst(ours: Tensor, peer: Tensor) -> float:
    worst = float(np.abs(ours - peer.reshape(ours.shape)).max())
    if worst > CLOSE:
        raise AssertionError(f"the answers differ by {worst}")
    return worst


def _default_session(path: Path, x: Tensor) -> Callable[[], Tensor]:
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda: np.asarray(session.run(None, {name: x})[0])


def _eager(
    store: ModelStore, card: ModelCard, path: Path, x: Tensor, threads: int
) -> Callable[[], Tensor]:
    from safetensors.torch import load_file

    architecture = ARCHITECTURES[card.architecture]
    sha256 = next(file.sha256 for file in card.files if file.name == path.name)
    weights = converted(path, sha256, architecture, store.folder / "converted")
    module = architecture.build().eval()
    module.load_state_dict(load_file(weights))
    torch.set_num_threads(threads)

    def run() -> Tensor:
        with torch.inference_mode():
            answer: Tensor = module(torch.from_numpy(x)).numpy()
        return answer

    return run


if __name__ == "__main__":
    measured = rows()
    print(as_json(measured) if "--json" in sys.argv else table(measured))
