# SPDX-License-Identifier: Apache-2.0
"""Sampling and exploring through the engine's functions, on a small generator with random weights:
what holds whatever it was trained on."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch

from prodedit.core.problem import Cancelled, Problem
from prodedit.data_files import models_folder
from prodedit.engine.cards import read_cards
from prodedit.engine.context import never
from prodedit.engine.families import generate as family
from prodedit.engine.generating import (
    Drag,
    Generate,
    Handle,
    Invert,
    Latent,
    Mix,
    Morph,
    Sample,
    Shift,
    Vary,
)
from prodedit.engine.generators import container
from prodedit.engine.generators.card import AutoencoderShape, FlowShape, Training, TwoStageCard
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.generators.shelf import Shelf
from prodedit.engine.generators.two_stage_file import built, weights_of
from prodedit.engine.results import LatentsResult
from prodedit.engine.service.device import Device, cpu_device
from prodedit.engine.service.runner import check_result
from prodedit.engine.service.store import ModelStore
from prodedit.engine.squaring import squared, unsquared

SIDE = 64
GRID = (4, 8, 8)
NAME = "shapes"


class Studio:
    """A job's surroundings."""

    def __init__(self, shelf: Shelf) -> None:
        self.generators = shelf
        self.store = ModelStore(shelf.library.own / "none", read_cards(models_folder()))
        self.device: Device = cpu_device()
        self.told: list[float] = []
        self.cancelled = never

    def report(self, fraction: float, text: str) -> None:
        self.told.append(fraction)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("generators")
    write_generator(folder / f"{NAME}{container.SUFFIX}", directions=3)
    return Shelf(GeneratorLibrary(folder, folder / "none"))


@pytest.fixture
def studio(shelf: Shelf) -> Studio:
    return Studio(shelf)


def write_generator(path: Path, directions: int = 0) -> None:
    card = TwoStageCard(
        name=NAME,
        side=SIDE,
        classes=("round", "square"),
        autoencoder=AutoencoderShape(widths=(16, 16, 16), latents=4, blocks=1),
        flow=FlowShape(widths=(48, 48), blocks=1),
        training=Training(pictures=1, steps=(1, 1), seen=(1, 1), minutes=0.0, seed=0, version="0"),
    )
    torch.manual_seed(3)
    generator = built(card)
    for values in generator.flow.parameters():  # its last layers begin at zero: a flow that rests
        values.add_(0.02 * torch.randn_like(values))
    axes = torch.randn(directions, *GRID)
    container.write(
        path,
        {
            container.CARD: msgspec.json.encode(card),
            container.WEIGHTS: weights_of(generator),
            container.DIRECTIONS: torch_bytes(axes),
        },
    )


def torch_bytes(axes: torch.Tensor) -> bytes:
    from safetensors.torch import save

    return save({"axes": axes.half()})


def latents(result: LatentsResult) -> list[Latent]:
    return [
        Latent.of(array, label) for array, label in zip(result.latents, result.labels, strict=True)
    ]


def sampled(studio: Studio, count: int = 2, seed: int = 5, **more: object) -> LatentsResult:
    task = msgspec.convert(
        {"type": "Sample", "generator": NAME, "count": count, "seed": seed, **more}, Sample
    )
    result = family.sample(task, {}, studio)
    check_result(result, {})
    return result


def noise_photo(height: int = 40, width: int = 60) -> np.ndarray:
    photo = np.random.default_rng(1).integers(0, 256, (height, width, 4), np.uint8)
    photo[..., 3] = 255
    return photo


def test_a_seed_is_a_picture(studio: Studio) -> None:
    """However many are asked for at once."""
    two = sampled(studio, 2, seed=5)
    again = sampled(studio, 1, seed=6)
    assert two.pictures.shape == (2, SIDE, SIDE, 4)
    assert two.labels == (1, 0)
    assert np.abs(two.latents[1].astype(float) - again.latents[0]).max() < 0.01
    assert (sampled(studio, 2, seed=5).pictures == two.pictures).all()
    assert (two.pictures[0] != two.pictures[1]).any()
    assert studio.told[-1] == pytest.approx(1.0)


def test_a_class_is_asked_for(studio: Studio) -> None:
    assert sampled(studio, 3, label="square").labels == (1, 1, 1)
    with pytest.raises(Problem, match=r"no class .+round, square"):
        sampled(studio, label="blue")


def test_none_of_that_name(studio: Studio) -> None:
    with pytest.raises(Problem, match=r"no generator .nobody.+shapes"):
        family.sample(Sample("nobody"), {}, studio)


def test_little_truncation_is_typical(studio: Studio) -> None:
    typical = sampled(studio, 4, truncation=0.0, label="round")
    assert (typical.latents[0] == typical.latents[1]).all()


def test_the_class_of_a_photo_is_found_before_it_is_looked_for(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, in the class that it looks most like: ten classes must not take ten times as long."""
    explorer = studio.generators.use(NAME, "cpu")
    asked: list[int] = []
    found = type(explorer).found

    def counted(self: object, picture: torch.Tensor, label: int, *rest: object) -> torch.Tensor:
        asked.append(label)
        return found(self, picture, label, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(type(explorer), "found", counted)
    result = family.invert(Invert(NAME, steps=1), {"source": noise_photo()}, studio)
    assert asked == list(result.labels)
    family.invert(Invert(NAME, "square", steps=1), {"source": noise_photo()}, studio)
    assert asked[1:] == [1]


def test_what_can_not_be_cut_out_comes_whole(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = latents(sampled(studio, 1))[0]
    plain = family.generate(Generate(NAME, one, cut_out=False), {}, studio)

    def refuse(*_ignored: object) -> None:
        raise Problem("None.", code=code)

    monkeypatch.setattr(family, "remove_background", refuse)
    code = "nothing-found"
    whole = family.generate(Generate(NAME, one), {}, studio)
    assert (whole.pixels == plain.pixels).all()
    assert whole.alpha is None
    assert len(whole.remarks) == 1
    code = "model-missing"
    with pytest.raises(Problem, match="None"):
        family.generate(Generate(NAME, one), {}, studio)


def test_a_latent_travels_in_its_task(studio: Studio) -> None:
    one = latents(sampled(studio, 1))[0]
    task = Generate(NAME, one, cut_out=False, side=96)
    again = msgspec.convert(msgspec.to_builtins(task), Generate)
    assert again == task
    result = family.generate(again, {}, studio)
    assert result.pixels.shape == (96, 96, 4)


@pytest.mark.parametrize(
    "numbers", ["", "no base64 at all!", Latent.of(np.full((1, 2), np.nan, np.float32)).numbers]
)
def test_a_damaged_latent_is_refused(numbers: str) -> None:
    with pytest.raises(Problem, match="can't be read"):
        Latent((1, 2), numbers).array()


def test_another_generators_latent_is_refused(studio: Studio) -> None:
    with pytest.raises(Problem, match="another generator"):
        family.shift(Shift(NAME, Latent.of(np.zeros((2, 2), np.float32))), {}, studio)


def test_variations_keep_more_the_weaker_they_are(studio: Studio) -> None:
    one = latents(sampled(studio, 1))[0]
    away = []
    for strength in (0.0, 0.3, 0.9):
        made = family.vary(Vary(NAME, one, strength, count=3), {}, studio)
        away.append(float(np.abs(made.latents - one.array()).mean()))
    assert away[0] == 0.0
    assert 0 < away[1] < away[2]


def test_only_the_masked_part_is_made_anew(studio: Studio) -> None:
    one = latents(sampled(studio, 1))[0]
    mask = np.zeros((200, 200), np.uint8)
    mask[:, :100] = 255
    made = family.vary(Vary(NAME, one, 0.8, count=1), {"mask": mask}, studio).latents[0]
    before = one.array()
    assert np.allclose(made[..., 5:], before[..., 5:], atol=2e-3)
    assert np.abs(made[..., :4] - before[..., :4]).mean() > 0.1


def test_a_morph_ends_where_it_should(studio: Studio) -> None:
    start, end = latents(sampled(studio, 2))
    way = family.morph(Morph(NAME, start, end, frames=5), {}, studio)
    assert (way.latents[0] == start.array()).all()
    assert (way.latents[-1] == end.array()).all()
    steps = np.abs(np.diff(way.latents.astype(np.float32), axis=0)).mean((1, 2, 3))
    assert steps.max() < 3 * steps.min(), "no jump on the way"


def test_directions_add_up(studio: Studio) -> None:
    one = latents(sampled(studio, 1))[0]
    still = family.shift(Shift(NAME, one), {}, studio)
    assert (still.latents[0] == one.array()).all()
    there = family.shift(Shift(NAME, one, (0.0, 1.5)), {}, studio)
    back = family.shift(Shift(NAME, latents(there)[0], (0.0, -1.5)), {}, studio)
    assert np.abs(there.latents[0] - one.array()).mean() > 0.5
    assert np.allclose(back.latents[0], one.array(), atol=1e-2)


def test_inverting_comes_nearer(studio: Studio) -> None:
    known = sampled(studio, 1)
    inputs = {"source": known.pictures[0]}

    def away(steps: int) -> float:
        result = family.invert(Invert(NAME, "round", steps), inputs, studio)
        return float(np.abs(result.pictures[0].astype(int) - known.pictures[0]).mean())

    assert away(30) < away(0)


def test_an_unchanged_photo_stays_bit_for_bit(studio: Studio) -> None:
    photo = noise_photo()
    inputs = {"source": photo}
    found = latents(family.invert(Invert(NAME, "round", 0), inputs, studio))[0]
    same = family.generate(Generate(NAME, found, base=found), inputs, studio)
    assert (same.pixels == photo).all()
    moved = latents(family.shift(Shift(NAME, found, (3.0,)), {}, studio))[0]
    changed = family.generate(Generate(NAME, moved, base=found), inputs, studio)
    assert changed.pixels.shape == photo.shape
    assert (changed.pixels[..., 3] == 255).all()
    assert (changed.pixels != photo).any()


def test_a_square_and_back() -> None:
    photo = noise_photo(30, 50)
    square = squared(photo, None, 50)
    assert (square[10:40] == photo[..., :3]).all()
    assert (square[:10] == 255).all()
    assert (square[40:] == 255).all()
    assert (unsquared(square.astype(np.float32), (30, 50)) == photo[..., :3]).all()


def test_what_a_family_cannot_do_is_said(studio: Studio) -> None:
    one, two = latents(sampled(studio, 2))
    with pytest.raises(Problem, match="can't do this: mixing"):
        family.mix(Mix(NAME, one, two), {}, studio)
    with pytest.raises(Problem, match="can't do this: dragging"):
        family.drag(Drag(NAME, one, one, (Handle(0.1, 0.1, 0.5, 0.5),)), {}, studio)


def test_it_can_be_cancelled(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancel(fraction: float, text: str) -> None:
        if fraction > 0.2:
            raise Cancelled

    monkeypatch.setattr(studio, "report", cancel)
    with pytest.raises(Cancelled):
        sampled(studio)


def test_a_shelf_keeps_two(tmp_path: Path) -> None:
    shelf = Shelf(GeneratorLibrary(tmp_path, tmp_path / "none"))
    for name in "abc":
        write_generator(tmp_path / f"{name}{container.SUFFIX}")
    first = shelf.use("a", "cpu")
    assert shelf.use("a", "cpu") is first
    shelf.use("b", "cpu")
    shelf.use("c", "cpu")
    assert shelf.use("a", "cpu") is not first


def test_directions_of_another_shape_are_refused(tmp_path: Path) -> None:
    path = tmp_path / f"odd{container.SUFFIX}"
    write_generator(path)
    members = {
        name: container.read_member(path, name) for name in (container.CARD, container.WEIGHTS)
    }
    container.write(path, {**members, container.DIRECTIONS: torch_bytes(torch.zeros(2, 3, 3, 3))})
    with pytest.raises(Problem, match="directions"):
        Shelf(GeneratorLibrary(tmp_path, tmp_path / "none")).use("odd", "cpu")
