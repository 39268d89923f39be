# SPDX-License-Identifier: Apache-2.0
"""Sampling and exploring with generators: `python -m tests.benchmarks.bench_generate`.

Networks of the sizes that trainings at 64² make, with random weights: they take as long as those
that have learned. The peers are the same networks with the same weights as they are usually written
(tests/benchmarks/plain_networks.py), and must make the same pictures. From a click to the picture
is measured in the panel with the program's own engine process, without a screen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import msgspec
import torch
from safetensors.torch import save
from torch import Tensor
from torch.nn import functional as F

from prodedit.engine.generators import container
from prodedit.engine.generators.card import (
    AutoencoderShape,
    FlowShape,
    StyleCard,
    Training,
    TwoStageCard,
)
from prodedit.engine.generators.directions import found_in
from prodedit.engine.generators.dragging import Dragging, Points, Pull
from prodedit.engine.generators.explorer import Explorer
from prodedit.engine.generators.point_explorer import RATE
from prodedit.engine.generators.shelf import opened
from prodedit.engine.generators.style_based import StyleBased
from prodedit.engine.generators.style_file import built as built_style
from prodedit.engine.generators.style_file import weights_of as style_weights
from prodedit.engine.generators.two_stage import TwoStage
from prodedit.engine.generators.two_stage_file import built, weights_of
from prodedit.engine.service.device import cpu_device
from prodedit.engine.training.losses import perceptual
from prodedit.engine.training.process import features
from prodedit.nets.style_generator import StyleGenerator
from tests.benchmarks.plain_networks import PlainTwoStage, plain, styled_pictures
from tests.benchmarks.timing import Paired, as_json, paired, peak, table

Row = dict[str, Any]
SIDE, COUNT, PAIRS = 64, 8, 2
CLOSE = 5e-3
"""Of 2, the way from black to white."""
DRAGS = 8
_TRAINED = Training(pictures=1, steps=(1, 1), seen=(1, 1), minutes=0.0, seed=0, version="0")
_SLOW = 300.0


def rows() -> list[Row]:
    torch.set_num_threads(cpu_device().threads)
    with tempfile.TemporaryDirectory(prefix="prodedit-generate-") as folder:
        (Path(folder) / "generators").mkdir()
        two_stage, style = (
            Path(folder) / "generators" / f"{name}{container.SUFFIX}" for name in ("two", "style")
        )
        generator, net = write_two_stage(two_stage), write_style(style)
        explorers = opened(two_stage), opened(style)
        return [
            _sampled("two-stage", explorers[0], PlainTwoStage(generator).pictures),
            _sampled("style-based", explorers[1], partial(styled_pictures, plain(net))),
            _dragged(net),
            *(
                _inverted(n, one)
                for n, one in zip(("two-stage", "style-based"), explorers, strict=True)
            ),
            *_clicked(Path(folder)),
        ]


def write_two_stage(path: Path) -> TwoStage:
    """A generator that has learned nothing, but moves; also as it is."""
    card = TwoStageCard(
        name="two", side=SIDE, classes=("one", "other"), training=_TRAINED,
        autoencoder=AutoencoderShape(widths=(48, 96, 128), latents=4, blocks=2),
        flow=FlowShape(widths=(96, 192, 192), blocks=1),
    )  # fmt: skip
    torch.manual_seed(3)
    generator = built(card)
    for net in (generator.flow, generator.autoencoder):
        for values in net.parameters():  # last layers begin at zero: a flow that rests
            values.add_(0.02 * torch.randn_like(values)).copy_(values.half().float())
    latents = card.autoencoder.latents, card.grid, card.grid
    axes = found_in(torch.randn(64, *latents), 10).steps
    _write(path, card, weights_of(generator), axes)
    return generator


def write_style(path: Path) -> StyleGenerator:
    """The same of a style-based one."""
    card = StyleCard(
        name="style", side=SIDE, classes=("one", "other"), training=_TRAINED,
        widths=(256, 256, 192, 96, 48), noise=64, style=256, depth=2,
    )  # fmt: skip
    torch.manual_seed(4)
    net = built_style(card)
    for values in (*net.parameters(), *net.buffers()):
        values.copy_(values.half().float())
    generator = StyleBased(net)
    axes = found_in(generator.differences(256), 10).steps
    _write(path, card, style_weights(net), axes[:, None].expand(-1, *generator.shape))
    return net


def _write(path: Path, card: msgspec.Struct, weights: bytes, axes: Tensor) -> None:
    members = {
        container.CARD: msgspec.json.encode(card),
        container.WEIGHTS: weights,
        container.DIRECTIONS: save({"axes": axes.half().contiguous()}),
    }
    container.write(path, members)


def _sampled(name: str, explorer: Explorer, peer: Any) -> Row:
    labels = torch.arange(COUNT) % 2
    noise_shape = explorer.shape if name == "two-stage" else (64,)
    noises = [torch.randn(noise_shape, generator=_seeded(seed)) for seed in range(COUNT)]
    noise = torch.stack(noises)

    def ours() -> Tensor:
        return explorer.pictures(explorer.drawn(range(COUNT), labels, 1.0, _quiet))

    theirs = partial(peer, noise, labels)
    off = float((ours() - theirs()).abs().max())
    if not off < CLOSE * 2:
        raise AssertionError(f"the pictures differ by {off}")
    result = paired(ours, theirs, PAIRS)
    note = (
        f"{COUNT / median(result.ours):.2f} a second, usually written "
        f"{COUNT / median(result.peer):.2f}; {_processor(result)}; {peak(ours) / 1e6:.0f} MB more "
        f"at most, usually written {peak(theirs) / 1e6:.0f}; off by {127.5 * off:.2f} of 255"
    )
    return result.row(f"{COUNT} pictures, {name}, {SIDE}²", "plain torch", 1.0, note=note)


def _dragged(net: StyleGenerator) -> Row:
    ours, theirs = (_drag(StyleBased(one)) for one in (net, plain(net)))
    for _ in range(2):
        ours.step()
        theirs.step()
    off = float((ours.handles - theirs.handles).abs().max())
    if off > 1.0 / SIDE:
        raise AssertionError(f"the points are {off} of the side apart")
    result = paired(lambda: _steps(ours), lambda: _steps(theirs), PAIRS, warm=0)
    note = (
        f"{DRAGS / median(result.ours):.1f} steps a second, usually written "
        f"{DRAGS / median(result.peer):.1f}; {_processor(result)}"
    )
    name = f"{DRAGS} steps of dragging a point, {SIDE}²"
    return result.row(name, "plain torch", 1.0, note=note)


def _drag(generator: StyleBased) -> Dragging:
    """Towards where it never comes, so that each step is a whole one."""
    noise = torch.randn(1, generator.noise, generator=_seeded(1))
    styles = generator.drawn(noise, torch.tensor([0]), 1.0)
    level = generator.net.layers // 2 - 2
    place = torch.tensor([[0.4, 0.5]])
    pull = Pull(level, 2 * level + 1, RATE / 3.0 * generator.spread)
    points = Points(place, place, torch.tensor([[0.95, 0.95]]))
    return Dragging(generator.painted, styles, styles, points, pull)


def _steps(drag: Dragging) -> None:
    for _ in range(DRAGS):
        drag.step()


def _inverted(name: str, explorer: Explorer) -> Row:
    """A picture that it can make, and how near it comes; no peer."""
    labels = torch.tensor([0])
    wanted = explorer.pictures(explorer.drawn((99,), labels, 1.0, _quiet))
    started, of_processor = perf_counter(), process_time()
    found = explorer.found(wanted[0], 0, 60, _quiet)
    seconds, spent = perf_counter() - started, process_time() - of_processor
    made = explorer.pictures(found[None])
    mean = 127.5 * float((made - wanted).abs().mean())
    note = (
        f"off by {mean:.2f} of 255 on average, {_seen(made, wanted)} by what EfficientNet-Lite0 "
        f"sees (0: the same); {spent * 1e3:.0f} ms of the processor"
    )
    return _alone(f"found again in 60 steps, {name}, {SIDE}²", seconds, note)


def _seen(made: Tensor, wanted: Tensor) -> str:
    large = [F.interpolate(one, (224, 224), mode="bilinear") for one in (made, wanted)]
    with torch.no_grad():
        return f"{float(perceptual(features(None).eval(), *large)):.3f}"


def _clicked(folder: Path) -> list[Row]:
    """In a process of its own, as a window has no torch."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_generate", "--click"]
    environment = {**os.environ, "PRODEDIT_DATA": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    notes = {
        "cold": "the engine starts with the click; in the window it starts when the panel is seen",
        "warm": "the generator is loaded, as it is once the panel was open for some seconds",
        "slider": "from the slider's move to the picture",
    }
    memory = f"; the engine holds {told['memory'] / 1e6:.0f} MB then"
    return [
        _alone(f"click to the first four pictures, {SIDE}²: {name}", told[name],
               note + (memory if name == "warm" else ""))
        for name, note in notes.items()
    ]  # fmt: skip


def click() -> dict[str, float]:
    """Seconds to the first pictures of a cold engine and of a warm one, of a slider; its memory."""
    from PySide6.QtWidgets import QApplication

    from prodedit.editing.studio_choice import StudioChoice
    from prodedit.engine.generators.library import default_library
    from prodedit.engine.service.client import EngineClient
    from prodedit.gui.studio.panel import StudioPanel
    from prodedit.gui.theme import apply_theme
    from tests.window import opened_workspace

    app = QApplication(sys.argv)
    apply_theme(app, "dark")
    with (
        tempfile.TemporaryDirectory(prefix="prodedit-click-") as own,
        opened_workspace(Path(own), EngineClient) as workspace,
    ):
        workspace.change_settings(studio=StudioChoice(generator="two", count=4))
        panel = StudioPanel(workspace, library=default_library(), desk=workspace.worker)
        workspace.worker.job_moved.connect(panel.studio.session.job_moved)
        panel.show()
        _until(app, lambda: panel.studio.generator is not None)
        told = {name: _drawn(app, panel) for name in ("cold", "warm")}
        panel.studio.choose(panel.pictures.grid.picks[0])
        chosen, start = panel.studio.chosen, perf_counter()
        panel.change.sliders.sliders[0]._slider.setValue(80)
        _until(app, lambda: panel.studio.chosen is not chosen)
        return {**told, "slider": perf_counter() - start, "memory": _of_children()}


def _drawn(app: Any, panel: Any) -> float:
    """Seconds from the button to the first pictures."""
    before, start = panel.pictures.grid.picks, perf_counter()
    panel.pictures.button.click()
    _until(app, lambda: len(panel.pictures.grid.picks) == 4 and panel.pictures.grid.picks != before)
    return perf_counter() - start


def _until(app: Any, true: Any) -> None:
    end = perf_counter() + _SLOW
    while not true():
        app.processEvents()
        if perf_counter() > end:
            raise AssertionError("waited in vain")


def _of_children() -> float:
    """Bytes that this process's children hold (Linux)."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(one.split(":", 1) for one in status.read_text().splitlines() if ":" in one)
        except OSError:
            continue
        if int(lines["PPid"]) == os.getpid() and "VmRSS" in lines:
            total += int(lines["VmRSS"].split()[0]) * 1024
    return total


def _alone(name: str, seconds: float, note: str) -> Row:
    """A row without a peer."""
    return {
        "name": name, "peer": "-", "ours_ms": seconds * 1e3, "peer_ms": None, "ratio": None,
        "target": None, "reached": None, "note": note,
    }  # fmt: skip


def _processor(result: Paired) -> str:
    return f"of the processor's time {result.processor_ratio:.2f}"


def _seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _quiet(share: float) -> None:
    del share


if __name__ == "__main__":
    if "--click" in sys.argv:
        print(json.dumps(click()))
    else:
        measured = rows()
        print(as_json(measured) if "--json" in sys.argv else table(measured))
