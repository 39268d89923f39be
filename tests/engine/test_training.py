# SPDX-License-Identifier: Apache-2.0
"""Training: it learns, it goes on exactly where it was, it bears what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.training import checkpoint, losses, packed, run
from prodedit.engine.training.autoencoding import Autoencoding
from prodedit.engine.training.checkpoint import Checkpoint
from prodedit.engine.training.flowing import Flowing
from prodedit.engine.training.machine import Machine
from prodedit.engine.training.run import Log, Moment, Run, Stage
from prodedit.engine.training.setting import AutoencoderPlan, FlowPlan, TwoStageSetting
from prodedit.nets.autoencoder import Autoencoder
from prodedit.nets.efficientnet_lite import EfficientNetLite0

SETTING = TwoStageSetting(
    side=64,
    autoencoder=AutoencoderPlan(
        steps=4, batch=2, widths=(16, 16, 16), blocks=1, sharpen_from=2, rate=1e-3
    ),
    flow=FlowPlan(steps=4, batch=4, widths=(48, 48), views=1),
)


class Told:
    """A log that remembers, and stops after so many steps."""

    def __init__(self, stop_after: int = 10**9) -> None:
        self.moments: list[Moment] = []
        self.kept: list[tuple[str, int, tuple[int, ...]]] = []
        self.troubles: list[str] = []
        self._stop_after = stop_after

    def log(self) -> Log:
        return Log(
            self.moments.append,
            lambda stage, step, samples: self.kept.append((stage, step, tuple(samples.shape))),
            lambda code, step: self.troubles.append(code),
            lambda: len(self.moments) >= self._stop_after,
        )


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture
def pictures() -> packed.PackedPictures:
    pixels = np.full((6, 64, 64, 3), 255, np.uint8)
    for number in range(6):
        pixels[number, 16:48, 8 + number : 56] = (40 * number, 90, 255 - 40 * number)
    contents = packed.Contents(
        side=64, classes=("a", "b"), labels=(0, 1) * 3, names=tuple("abcdef")
    )
    return packed.PackedPictures(pixels, contents)


def features() -> EfficientNetLite0:
    torch.manual_seed(5)
    return EfficientNetLite0()


def autoencoding(pictures: packed.PackedPictures) -> Autoencoding:
    return Autoencoding(SETTING, pictures, features(), Machine())


def flowing(pictures: packed.PackedPictures) -> Flowing:
    torch.manual_seed(6)
    plan = SETTING.autoencoder
    return Flowing(
        SETTING, pictures, Autoencoder(plan.widths, plan.latents, plan.blocks), Machine()
    )


@pytest.mark.parametrize("make", [autoencoding, flowing])
def test_a_run_that_was_stopped_ends_as_one_that_was_not(
    make: type[Autoencoding], pictures: packed.PackedPictures, tmp_path: Path
) -> None:
    whole = make(pictures)
    Run(tmp_path / "whole", made(tmp_path / "whole").log(), shown=2).train(whole)
    for steps in (1, 2):
        with pytest.raises(Cancelled):
            Run(made_folder(tmp_path / "parts"), Told(steps).log(), shown=2).train(make(pictures))
    last = make(pictures)
    told = Told()
    Run(tmp_path / "parts", told.log(), shown=2).train(last)
    assert [moment.step for moment in told.moments] == [4]
    assert equal(whole.tensors(), last.tensors())


def test_sharpening_leaves_the_latents_as_they_are(pictures: packed.PackedPictures) -> None:
    stage = autoencoding(pictures)
    steps = {number: weights(stage) for number in range(4) if stage.step(number, 1)}
    assert changed(steps[0], steps[1]) == {"encoder", "decoder"}
    assert changed(steps[2], steps[3]) == {"decoder"}


def test_draws_after_a_rollback_do_not_begin_the_sharpening(
    pictures: packed.PackedPictures,
) -> None:
    told = autoencoding(pictures).step(run.SKIPPED, 1)
    assert "critic" not in told


def test_a_disk_that_is_full_costs_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, full = checkpoint.write, [False, True, False, False, False]

    def sometimes(folder: Path, made: Checkpoint) -> Path:
        if full.pop(0):
            raise Problem("It is full.", code="disk-full")
        return write(folder, made)

    monkeypatch.setattr(checkpoint, "write", sometimes)
    monkeypatch.setattr(run, "_AGAIN", 0.0)
    told, stage = Told(), Scripted()
    Run(tmp_path, told.log(), minutes=0.0, shown=1).train(stage)
    assert told.troubles == ["not-kept: disk-full"]
    assert stage.total == 3
    found = checkpoint.newest(tmp_path, "scripted")
    assert found is not None
    assert found.step == 3


def test_a_stage_ends_when_its_time_is_over_however_often_it_was_stopped(tmp_path: Path) -> None:
    class Slow(Scripted):
        steps = 10**6

    checkpoint.write(tmp_path, Checkpoint("scripted", 7, Scripted().tensors(), 59.9))
    told = Told()
    Run(tmp_path, told.log(), shown=1).train(Slow(), limit=59.9)
    assert told.moments == []
    Run(tmp_path, told.log(), shown=1).train(Slow(), limit=59.9 + 1e-6)
    assert [moment.step for moment in told.moments] == [8]


def test_too_little_memory_cuts_the_batch(tmp_path: Path) -> None:
    told = Told()
    Run(tmp_path, told.log(), shown=1).train(Scripted(most_at_once=4))
    assert told.troubles == ["smaller-pieces", "smaller-pieces"]
    assert [moment.losses["pieces"] for moment in told.moments] == [4.0] * 3


def test_numbers_that_are_not_finite_go_back_to_the_checkpoint(tmp_path: Path) -> None:
    told = Told()
    stage = Scripted(bad=(1,))
    Run(tmp_path, told.log(), shown=1).train(stage)
    assert told.troubles == ["rolled-back"]
    assert stage.total == 3
    assert all(np.isfinite(moment.losses["pieces"]) for moment in told.moments)


def test_a_training_that_never_recovers_says_so(tmp_path: Path) -> None:
    told = Told()
    with pytest.raises(Problem, match="lower learning rate"):
        Run(tmp_path, told.log(), shown=1).train(Scripted(bad=range(10**18)))
    assert checkpoint.newest(tmp_path, "scripted") is not None


def test_other_settings_are_refused(pictures: packed.PackedPictures, tmp_path: Path) -> None:
    checkpoint.write(tmp_path, Checkpoint("flow", 2, {"net.enter.weight": torch.zeros(1)}))
    with pytest.raises(Problem, match="other settings"):
        Run(tmp_path, Told().log()).train(flowing(pictures))


def test_the_newest_whole_checkpoint_counts(tmp_path: Path) -> None:
    for step in (1, 2, 3):
        last = checkpoint.write(tmp_path, Checkpoint("s", step, {"x": torch.full((2,), step)}))
    assert len(list(tmp_path.glob("s-*"))) == checkpoint.KEPT
    last.write_bytes(last.read_bytes()[:40])
    found = checkpoint.newest(tmp_path, "s")
    assert found is not None
    assert found.step == 2
    assert found.tensors["x"].tolist() == [2, 2]


def test_no_whole_checkpoint_is_told(tmp_path: Path) -> None:
    assert checkpoint.newest(tmp_path, "s") is None
    checkpoint.write(tmp_path, Checkpoint("s", 1, {"x": torch.zeros(2)})).write_bytes(b"no")
    with pytest.raises(Problem, match="No checkpoint"):
        checkpoint.newest(tmp_path, "s")


def test_equal_pictures_are_no_distance_apart() -> None:
    picture = torch.rand(1, 3, 64, 64) * 2 - 1
    other = torch.rand(1, 3, 64, 64) * 2 - 1
    net = features().eval()
    with torch.inference_mode():
        assert float(losses.laplacian(picture, picture)) == 0.0
        assert float(losses.perceptual(net, picture, picture)) < 1e-9
        assert float(losses.laplacian(picture, other)) > 0.1
        assert float(losses.perceptual(net, picture, other)) > 1e-3


def test_chroma_is_blind_to_light_and_sees_every_hue() -> None:
    picture = torch.rand(1, 3, 8, 8)
    assert float(losses.chroma(picture, picture + 0.25)) == pytest.approx(0.0, abs=1e-6)
    for channel in range(3):
        other = picture.clone()
        other[:, channel] += 0.3
        assert float(losses.chroma(picture, other)) == pytest.approx(0.4 / 3, abs=1e-5)


class Scripted:
    """A stage that runs out of memory, or makes numbers that are none, at the steps it is told."""

    name = "scripted"
    steps = 3

    def __init__(self, most_at_once: int = 1, bad: object = ()) -> None:
        self.total = 0
        self._pieces, self._bad = most_at_once, bad

    def step(self, number: int, pieces: int) -> Mapping[str, Tensor]:
        if pieces < self._pieces:
            raise torch.OutOfMemoryError("too little")
        self.total += 1
        bad = number in self._bad  # type: ignore[operator]
        return {"pieces": torch.tensor(float("nan") if bad else float(pieces))}

    def tensors(self) -> dict[str, Tensor]:
        return {"total": torch.tensor([self.total])}

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        self.total = int(tensors["total"])

    def samples(self, count: int) -> Tensor:
        return torch.zeros(count, 3, 4, 4)


def weights(stage: Autoencoding) -> dict[str, Tensor]:
    return {
        name.removeprefix("net."): value.clone()
        for name, value in stage.tensors().items()
        if name.startswith("net.")
    }


def changed(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> set[str]:
    return {name.partition(".")[0] for name in before if not torch.equal(before[name], after[name])}


def made(folder: Path) -> Told:
    made_folder(folder)
    return Told()


def made_folder(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def equal(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)


_scripted: Stage = Scripted()
