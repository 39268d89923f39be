# SPDX-License-Identifier: Apache-2.0
"""From a training of each family to a generator's file, and from there to pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from msgspec.structs import replace

from prodedit.core.problem import Problem
from prodedit.engine.generators import container, shelf
from prodedit.engine.generators.explorer import Explorer
from prodedit.engine.generators.known import ABILITIES
from prodedit.engine.generators.vectors import Variational, of_classes
from prodedit.engine.training.defaults import stages_of
from prodedit.engine.training.families import FAMILIES, Material, stages
from prodedit.engine.training.measuring import odd_ones
from prodedit.engine.training.pace import Plan
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.publish import publish
from prodedit.engine.training.run import Stage
from prodedit.engine.training.setting import Family
from tests.engine.test_families import SETTINGS, material

__all__ = ["material"]

AXES = {"two-stage": 10, "gan": 8, "vae": 7, "dcgan": 0}
"""Directions that there can be: of eight styles' numbers, of eight pictures."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made")


def made(family: Family, material: Material, folder: Path) -> tuple[Stage, Explorer]:
    """A generator that has learned nothing, published, and opened again."""
    torch.set_num_threads(1)
    path = folder / f"{family}.generator"
    setting = SETTINGS[family]
    *_, last = stages(setting, material)
    plan = Plan(setting, (1.0,) * len(stages_of(setting)))
    publish(folder, plan, material.pictures, last).replace(path)
    return last, shelf.opened(path)


def told(share: float) -> None:
    assert 0.0 <= share <= 1.0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_generator_of_each_family_is_published_and_explored(
    family: Family, material: Material, folder: Path
) -> None:
    stage, explorer = made(family, material, folder)
    card = container.read_card(folder / f"{family}.generator")
    labels = torch.tensor([0, 1])
    latents = explorer.drawn((1, 2), labels, 1.0, told)

    assert card.family == family
    assert card.classes == explorer.classes == ("red", "blue")
    assert len(card.training.steps) == len(stages_of(SETTINGS[family]))
    assert latents.shape == (2, *explorer.shape)
    assert explorer.pictures(latents).shape == (2, 3, 64, 64)
    assert explorer.directions == AXES[family]
    assert explorer.abilities == ABILITIES[family]
    moved = explorer.shifted(latents[0], (1.0,))
    assert torch.equal(moved, latents[0]) == (AXES[family] == 0)
    assert len(stage.samples(2)) in (2, 4)


@pytest.mark.parametrize("family", ["vae", "dcgan"])
def test_small_families_do_what_they_can_and_say_what_not(
    family: Family, material: Material, folder: Path
) -> None:
    _, explorer = made(family, material, folder)
    one, other = explorer.drawn((1, 2), torch.tensor([0, 0]), 1.0, told)
    same, far = (explorer.varied(one, 0, s, (2,), told)[0] for s in (0.0, 1.0))
    way = explorer.between(torch.stack((one, other)), (0, 0), (0.0, 0.5, 1.0), told)
    picture = explorer.pictures(one[None])[0]
    away = [
        float((explorer.pictures(explorer.found(picture, 0, n, told)[None]) - picture).abs().mean())
        for n in (0, 30)
    ]

    assert torch.allclose(same, one, atol=1e-5)
    assert torch.allclose(far, other, atol=1e-4)
    assert torch.allclose(way[[0, 2]], torch.stack((one, other)), atol=1e-4)
    assert not torch.allclose(way[1], one, atol=1e-3)
    assert away[1] <= away[0]
    with pytest.raises(Problem, match="can't do this"):
        explorer.mixed(one, other, ("fine",))


def test_a_file_is_refused_as_another_family(material: Material, folder: Path) -> None:
    made("dcgan", material, folder)
    path = folder / "dcgan.generator"
    card = container.read_member(path, container.CARD).replace(b'"dcgan"', b'"vae"')
    weights = container.read_member(path, container.WEIGHTS)
    container.write(path, {container.CARD: card, container.WEIGHTS: weights})
    with pytest.raises(Problem, match="no usable generator"):
        shelf.opened(path)


def test_classes_are_known_by_their_latents() -> None:
    torch.manual_seed(1)
    factor = torch.tensor([[2.0, 0.0], [1.0, 0.5]])
    latents = torch.cat((torch.randn(4000, 2) @ factor.T + 5.0, torch.randn(3, 2)))
    labels = torch.tensor([0] * 4000 + [1] * 3)
    means, factors = of_classes(latents, labels, 3)

    assert torch.allclose(means[0], torch.tensor([5.0, 5.0]), atol=0.15)
    assert torch.allclose(factors[0], factor, atol=0.15)
    assert bool((factors.diagonal(dim1=1, dim2=2) > 0.0).all())
    assert torch.isfinite(means).all()


def test_the_odd_one_of_the_real_pictures_comes_first(material: Material, folder: Path) -> None:
    _, explorer = made("vae", material, folder)
    contents = material.pictures.contents
    pixels = material.pictures.pixels.copy()
    pixels[2] = np.random.default_rng(1).integers(0, 256, pixels[2].shape, np.uint8)
    found = odd_ones(explorer, PackedPictures(pixels, contents), material.machine)
    stranger = replace(contents, classes=("red", "green"))
    other = odd_ones(explorer, PackedPictures(pixels, stranger), material.machine)

    assert found[0].name == contents.names[2]
    picture = torch.from_numpy(material.pictures.pixels[1].transpose(2, 0, 1) / 127.5 - 1.0).float()
    assert explorer.class_of(picture, told) == 1
    assert [one.strangeness for one in found] == sorted(one.strangeness for one in found)[::-1]
    assert len(found) == len(other) == len(contents.names)
    assert {one.name: one.strangeness for one in other}["b"] <= found[0].strangeness
    _, plain = made("dcgan", material, folder)
    assert odd_ones(plain, material.pictures, material.machine) == ()
    with pytest.raises(Problem, match="can't do this"):
        plain.strangeness(torch.zeros(1, 3, 64, 64), torch.tensor([0]))


def test_what_is_unlike_its_class_is_strange() -> None:
    torch.manual_seed(1)
    means, factors = torch.zeros(1, 4), 2.0 * torch.eye(4)[None]
    generator = Variational(Latent(), means, factors)  # type: ignore[arg-type]
    usual, odd = 2.0 * torch.randn(500, 4), torch.full((1, 4), 10.0)
    labels = torch.zeros(501, dtype=torch.long)
    found = generator.strangeness(torch.cat((usual, odd)), labels)

    assert float(found[:500].mean()) == pytest.approx(1.0, abs=0.15)
    assert float(found[500]) == pytest.approx(5.0)


class Latent:
    """A network whose pictures are their own latents."""

    latents = 4

    def encode(self, pictures: torch.Tensor) -> Latent:
        self.mean = pictures
        return self
