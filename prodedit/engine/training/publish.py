# SPDX-License-Identifier: Apache-2.0
"""From a training that is at its end to a generator's file."""

from __future__ import annotations

from pathlib import Path

import cv2
import msgspec
from safetensors.torch import save

from prodedit import __version__
from prodedit.engine.generators import container
from prodedit.engine.generators.card import Training
from prodedit.engine.generators.container import read_card
from prodedit.engine.training import checkpoint
from prodedit.engine.training.defaults import stages_of
from prodedit.engine.training.families import made
from prodedit.engine.training.making import Common
from prodedit.engine.training.pace import Plan
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.run import Stage
from prodedit.engine.training.setting import START
from prodedit.engine.training.sheet import sheet
from prodedit.engine.training.teller import LOG

MADE = f"made{container.SUFFIX}"
SHOWN_OF_CLASS = 6


def publish(folder: Path, plan: Plan, pictures: PackedPictures, stage: Stage) -> Path:
    """Write the generator, which the last `stage` has, into the training's folder; it is moved from
    there. Raises Problem."""
    generator = made(common_of(folder, plan, pictures), plan.setting, stage, pictures)
    card = msgspec.json.encode(generator.card)
    members = {
        container.CARD: msgspec.json.format(card, indent=1),
        container.WEIGHTS: generator.weights,
        container.SHEET: _sheet(stage, len(pictures.contents.classes)),
    }
    if len(generator.axes):
        members[container.DIRECTIONS] = save({"axes": generator.axes.half().contiguous()})
    log = folder / LOG
    if log.is_file() and log.stat().st_size <= container.LARGEST[container.LOG]:
        members[container.LOG] = log.read_bytes()
    path = folder / MADE
    container.write(path, members)
    return path


def common_of(folder: Path, plan: Plan, pictures: PackedPictures) -> Common:
    """What a generator of any family says about itself."""
    stages = stages_of(plan.setting)
    done = [checkpoint.newest(folder, stage.name) for stage in stages]
    steps = tuple(0 if found is None else found.step for found in done)
    seconds = sum(0.0 if found is None else found.seconds for found in done)
    return {
        "name": folder.name.partition(".")[0] or "generator",
        "side": plan.setting.side,
        "classes": pictures.contents.classes,
        "training": Training(
            pictures=len(pictures),
            steps=steps,
            seen=tuple(step * one.batch for step, one in zip(steps, stages, strict=True)),
            minutes=round(seconds / 60.0, 1),
            seed=plan.setting.seed,
            version=__version__,
            start=plan.setting.start,
        ),
        "licence": _inherited(folder) if plan.setting.start else "",
    }


def _inherited(folder: Path) -> str:
    """What comes of a generator may be used as that one may; what the pictures add to that, only
    their owner knows."""
    start = folder / START
    return read_card(start).licence if start.is_file() else ""


def _sheet(stage: Stage, classes: int) -> bytes:
    """Some of each class, in columns."""
    shown = min(classes, 12)
    samples = stage.samples(SHOWN_OF_CLASS * shown)
    picture = sheet(samples.float().cpu().numpy(), columns=shown)
    _, data = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    return data.tobytes()
