# SPDX-License-Identifier: Apache-2.0
"""From a training that is at its end to a generator's file."""

from __future__ import annotations

from pathlib import Path

import cv2
import msgspec

from prodedit import __version__
from prodedit.engine.generators import container
from prodedit.engine.generators.card import AutoencoderShape, FlowShape, GeneratorCard, Training
from prodedit.engine.generators.two_stage_file import weights_of
from prodedit.engine.training import checkpoint
from prodedit.engine.training.flowing import Flowing
from prodedit.engine.training.pace import Plan
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.sheet import sheet
from prodedit.engine.training.teller import LOG

MADE = f"made{container.SUFFIX}"
SHOWN_OF_CLASS = 6


def publish(folder: Path, plan: Plan, pictures: PackedPictures, stage: Flowing) -> Path:
    """Write the generator into the training's folder; it is moved from there. Raises Problem."""
    members = {
        container.CARD: msgspec.json.format(
            msgspec.json.encode(card_of(folder, plan, pictures)), indent=1
        ),
        container.WEIGHTS: weights_of(stage.result),
        container.SHEET: _sheet(stage, len(pictures.contents.classes)),
    }
    log = folder / LOG
    if log.is_file() and log.stat().st_size <= container.LARGEST[container.LOG]:
        members[container.LOG] = log.read_bytes()
    path = folder / MADE
    container.write(path, members)
    return path


def card_of(folder: Path, plan: Plan, pictures: PackedPictures) -> GeneratorCard:
    """What the generator says about itself."""
    setting = plan.setting
    first, second = setting.autoencoder, setting.flow
    done = [checkpoint.newest(folder, name) for name in ("autoencoder", "flow")]
    steps = tuple(0 if found is None else found.step for found in done)
    seconds = sum(0.0 if found is None else found.seconds for found in done)
    return GeneratorCard(
        family="two-stage",
        name=folder.name.partition(".")[0] or "generator",
        side=setting.side,
        classes=pictures.contents.classes,
        autoencoder=AutoencoderShape(
            widths=first.widths, latents=first.latents, blocks=first.blocks
        ),
        flow=FlowShape(widths=second.widths, blocks=second.blocks),
        training=Training(
            pictures=len(pictures),
            steps=(steps[0], steps[1]),
            seen=(steps[0] * first.batch, steps[1] * second.batch),
            minutes=round(seconds / 60.0, 1),
            seed=setting.seed,
            version=__version__,
        ),
    )


def _sheet(stage: Flowing, classes: int) -> bytes:
    """Some of each class, in columns."""
    shown = min(classes, 12)
    samples = stage.samples(SHOWN_OF_CLASS * shown)
    picture = sheet(samples.float().cpu().numpy(), columns=shown)
    _, data = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    return data.tobytes()
