# SPDX-License-Identifier: Apache-2.0
"""`prodedit generate`: new pictures from a generator, or the way from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import typer

from prodedit.cli.options import AsJson
from prodedit.cli.running import ENGINES_FAULT
from prodedit.cli.telling import DONE, SOME_FAILED, STOPPED, USAGE, Bar, Voice
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.provenance import ALL
from prodedit.engine.generating import MOST_PICTURES, Latent, Morph, Sample
from prodedit.engine.generators.card import GeneratorCard
from prodedit.engine.generators.container import read_card
from prodedit.engine.generators.library import default_library
from prodedit.engine.results import LatentsResult
from prodedit.engine.service.client import EngineClient
from prodedit.engine.tasks import Task
from prodedit.files.atomic import write_atomic
from prodedit.files.encode import encode

SETTING = ExportSetting("png", provenance=ALL)
AT_ONCE = 16
"""Pictures that are asked for in one Task: they are written as they come."""


@dataclass(frozen=True)
class Order:
    """What was asked for. `ends`: the seeds between which is to be morphed."""

    generator: Path
    card: GeneratorCard
    output: Path
    count: int
    seed: int
    truncation: float
    label: str
    ends: tuple[int, int] | None
    frames: int


def command(
    generator: Annotated[
        str, typer.Argument(metavar="GENERATOR", help="A generator's file, or its name.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder of the new pictures.")
    ],
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many.")] = 16,
    seed: Annotated[
        int, typer.Option(min=0, help="Of the first; the same seed gives the same picture.")
    ] = 0,
    truncation: Annotated[
        float, typer.Option(min=0.0, max=2.0, help="Below 1 more typical, above it more unusual.")
    ] = 1.0,
    class_name: Annotated[
        str, typer.Option("--class", metavar="NAME", help="Default: each class in turn.")
    ] = "",
    interpolate: Annotated[
        tuple[int, int] | None,
        typer.Option(metavar="SEED SEED", help="Instead: the way from one picture to another."),
    ] = None,
    frames: Annotated[
        int, typer.Option(min=2, max=MOST_PICTURES, help="How many pictures that way has.")
    ] = 16,
    as_json: AsJson = False,
) -> None:
    """Make new pictures.

    They are told to be made by a generator, in each file (IPTC DigitalSourceType). Exit code 0: all
    done; 1: it failed on the way; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    voice = Voice(as_json=as_json)
    try:
        path = default_library().find(generator).absolute()
        order = Order(
            path, read_card(path), output, count, seed, truncation, class_name, interpolate, frames
        )
        raise typer.Exit(generate(order, voice))
    except Problem as problem:
        failed = problem.code in ENGINES_FAULT
        raise voice.refuse(problem, SOME_FAILED if failed else USAGE) from None
    except KeyboardInterrupt:
        voice.say("Stopped. What was made before is there.")
        raise typer.Exit(STOPPED) from None


def generate(order: Order, voice: Voice) -> int:
    """Do it, and return the exit code. Raises Problem."""
    if order.label:
        order.card.label(order.label)
    folder(order.output)
    work = _samples if order.ends is None else _way
    total = order.count if order.ends is None else order.frames
    with new_engine() as engine, voice.progress(total) as bar:
        made = work(order, engine, bar)
    voice.remark(f"{len(made)} pictures in {order.output}.")
    voice.give({"command": "generate", "generator": str(order.generator), "pictures": made})
    return DONE


def new_engine() -> EngineClient:
    """This installation's engine."""
    return EngineClient()


def folder(path: Path) -> None:
    """Have it. Raises Problem."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The folder “{folder}” could not be made: {why}."),
            code="no-folder",
            folder=str(path),
            why=error.strerror or str(error),
        ) from error


def asked(engine: EngineClient, task: Task, inputs: dict[str, Any] | None = None) -> LatentsResult:
    """The pictures of a Task that gives such."""
    return cast(LatentsResult, engine.run(task, inputs or {}, lane="batch"))


def plain(name: str) -> str:
    """A class's name as part of a file's."""
    return re.sub(r"[^\w-]+", "-", name).strip("-") or "class"


def _samples(order: Order, engine: EngineClient, bar: Bar) -> list[dict[str, Any]]:
    made = []
    for start in range(0, order.count, AT_ONCE):
        count = min(AT_ONCE, order.count - start)
        seed = order.seed + start
        task = Sample(str(order.generator), count, seed, order.truncation, order.label)
        result = asked(engine, task)
        for number, (picture, label) in enumerate(zip(result.pictures, result.labels, strict=True)):
            name = order.card.classes[label]
            path = order.output / f"{plain(name)}-{seed + number:06d}.png"
            _write(path, picture, bar)
            made.append({"file": str(path), "seed": seed + number, "class": name})
    return made


def _way(order: Order, engine: EngineClient, bar: Bar) -> list[dict[str, Any]]:
    assert order.ends is not None
    ends = []
    for seed in order.ends:
        task = Sample(str(order.generator), 1, seed, order.truncation, order.label)
        found = asked(engine, task)
        ends.append(Latent.of(found.latents[0], found.labels[0]))
    result = asked(engine, Morph(str(order.generator), ends[0], ends[1], order.frames))
    made = []
    for number, picture in enumerate(result.pictures):
        path = order.output / f"way-{order.ends[0]}-{order.ends[1]}-{number:04d}.png"
        _write(path, picture, bar)
        made.append({"file": str(path), "share": number / (order.frames - 1)})
    return made


def _write(path: Path, picture: np.ndarray, bar: Bar) -> None:
    """Opaque (s, s, 4) BGRA, as a PNG that says where it is from. Raises Problem."""
    write_atomic(path, encode(np.ascontiguousarray(picture[..., 2::-1]), SETTING))
    bar.move(path.name)
