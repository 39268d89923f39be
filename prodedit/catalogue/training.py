# SPDX-License-Identifier: Apache-2.0
"""A generator's training as it is asked for, and what has to be there before it begins."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from prodedit.catalogue.batch.inputs import gather
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import Value, from_json, to_json
from prodedit.engine.generators.card import GeneratorCard
from prodedit.engine.generators.container import (
    CARD,
    SUFFIX,
    WEIGHTS,
    read_card,
    read_member,
    write,
)
from prodedit.engine.training.defaults import setting_for, stages_of, with_steps
from prodedit.engine.training.intake import (
    JOURNAL,
    PICTURES,
    REPORT,
    TEACHES_NOTHING,
    Cut,
    Intake,
    Opener,
    report_of,
    take_in,
    was_cut_out,
)
from prodedit.engine.training.report import DataReport
from prodedit.engine.training.setting import START, Family, Setting, Side
from prodedit.files.atomic import write_atomic

SETTING, PLAN, ORDER, MADE = "setting.json", "plan.json", "order.json", f"made{SUFFIX}"
QUICK, SMALL = "u2net", 128
"""The network that cuts out for generators up to this side: it looks at 320 pixels, and what a
slower one sees beyond them is lost in the frame."""
PLACE = ".training"
"""Added to the generator's name: the folder of everything that its training needs."""
Report = Callable[[float, str], None]
"""Told the share that is done (0..1) and the file; may raise Cancelled."""


class TrainingOrder(msgspec.Struct, frozen=True):
    """What is to be learned, and where it goes.

    minutes: how long it may take; steps: instead, how many; neither: as long as suits the pictures.
    resume:  go on with a training that was stopped; pictures that are new in the folder come in.
    cut_out: cut products out onto white first.
    start_from: the file, or folder, of a generator to begin with, of the same family and side. A
                copy is kept for the training, so once it is begun this may be deleted.
    """

    folder: Path
    output: Path
    family: Family = "two-stage"
    side: Side = 128
    minutes: float | None = None
    steps: int | None = None
    resume: bool = False
    cut_out: bool = True
    seed: int = 0
    start_from: Path | None = None

    @property
    def place(self) -> Path:
        """Where the training keeps what it needs."""
        return self.output.with_name(self.output.name + PLACE)

    @property
    def has_begun(self) -> bool:
        return (self.place / SETTING).is_file()

    @property
    def start(self) -> Path | None:
        """The generator that it begins with: where a training is gone on with, its copy."""
        if not self.resume:
            return self.start_from
        copy = self.place / START
        if copy.is_file():
            return copy
        return None if self.has_begun else self.start_from

    def check(self) -> None:
        """Raises Problem where it can't even begin."""
        if not self.folder.is_dir():
            raise _no_folder(self.folder)
        if self.minutes is not None and self.steps is not None:
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "Say either how many minutes or how many steps."),
                code="minutes-and-steps",
            )
        if self.has_begun and not self.resume:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "A training for “{output}” was begun already. Go on with --resume, or delete "
                    "the folder “{place}”.",
                ),
                code="training-begun",
                output=self.output.name,
                place=str(self.place),
            )
        if self.resume and not self.place.is_dir():
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "There is no training for “{output}” to go on with."),
                code="no-training",
                output=self.output.name,
            )
        if not self.resume and self.start_from is not None:
            self._check_like(read_card(self.start_from))

    def like_start(self, family: Family | None, side: Side | None) -> TrainingOrder:
        """Of this family and side; where they are not said, of those of the generator that it
        begins with, if any. Raises Problem where that can't be read."""
        card = None if self.start is None else read_card(self.start)
        usual = (self.family, self.side) if card is None else (card.family, card.side)
        return replace(self, family=family or usual[0], side=side or usual[1])

    def prepare(self, opener: Opener, cut: Cut, report: Report) -> DataReport:
        """Have pictures and setting in the training's folder; what was found. Raises Problem."""
        side = self._setting().side if self.resume and self.has_begun else self.side
        files = tuple(found.path for found in gather([str(self.folder)], self.place).pictures)
        try:
            self.place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_made(self.place, error) from error
        start = None if self.has_begun else self._copied_start()
        before = was_cut_out(self.place) if self.resume else None
        cut_out = self.cut_out if before is None else before
        intake = Intake(self.folder, files, side, cut if cut_out else None)
        try:
            pictures = take_in(intake, self.place, opener, report)
        except Problem as problem:
            if problem.code in TEACHES_NOTHING and not self.has_begun:
                self._forget_intake()
            raise
        if not self.has_begun:
            setting = setting_for(
                len(pictures),
                side,
                family=self.family,
                seed=self.seed,
                steps=self.steps,
                minutes=self.minutes or 0.0,
                start=start,
            )
            self._write(SETTING, setting)
        write_atomic(self.place / ORDER, msgspec.json.encode(self._lasting(), enc_hook=str))
        return report_of(self.place)

    @property
    def made(self) -> Path:
        """The generator at the end of a training, before it is delivered."""
        return self.place / MADE

    def deliver(self) -> Path:
        """Put the generator that was made where it was asked for. Raises Problem."""
        try:
            os.replace(self.made, self.output)  # noqa: PTH105 - moves onto what is there everywhere
        except OSError:
            write_atomic(self.output, self.made.read_bytes())
            with suppress(OSError):
                self.made.unlink()
        return self.output

    def lengthen(self) -> None:
        """Let the last stage of a training that is over go on for half as long again. The stages
        before it stay: what follows was learned from them. Raises Problem."""
        setting = self._setting()
        with suppress(OSError, ValueError, KeyError):  # without a plan, the steps are the setting's
            plan = json.loads((self.place / PLAN).read_bytes())
            setting = from_json(plan["setting"], Setting)
        steps = [stage.steps for stage in stages_of(setting)]
        longer = with_steps(replace(setting, minutes=0.0), [*steps[:-1], round(1.5 * steps[-1])])
        self._write(SETTING, longer)

    def discard(self) -> None:
        """Delete all that the training has made, but nothing of the pictures. Raises Problem."""
        try:
            shutil.rmtree(self.place)
        except OSError as error:
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "“{folder}” could not be deleted: {why}."),
                code="not-deleted",
                folder=str(self.place),
                why=error.strerror or str(error),
            ) from error

    def _lasting(self) -> TrainingOrder:
        """As it was given when the training was begun: who goes on with it need not say what it
        began with."""
        with suppress(OSError, ValueError):
            first = order_of(self.place)
            return replace(first, output=self.output, folder=self.folder)
        return self

    def _check_like(self, start: GeneratorCard) -> None:
        """Raises Problem where this can't begin with it."""
        if (start.family, start.side) != (self.family, self.side):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "“{name}” is of the family {family} and makes pictures of {side} × {side}: a "
                    "training that begins with it can't be of another family or size.",
                ),
                code="other-start",
                name=start.name,
                family=start.family,
                side=start.side,
            )

    def _copied_start(self) -> GeneratorCard | None:
        """Have the generator to begin with in the training's folder; its card. Raises Problem."""
        source, copy = self.start, self.place / START
        if source is None:
            with suppress(OSError):  # of a training that came no further than its pictures
                copy.unlink(missing_ok=True)
            return None
        card = read_card(source)
        self._check_like(card)
        if source != copy:
            write(copy, {name: read_member(source, name) for name in (CARD, WEIGHTS)})
        return card

    def _forget_intake(self) -> None:
        """What else somebody has put there stays."""
        with suppress(OSError):
            for name in (JOURNAL, PICTURES, REPORT, START):
                (self.place / name).unlink(missing_ok=True)
            self.place.rmdir()

    def _setting(self) -> Setting:
        setting: Setting = from_json(json.loads((self.place / SETTING).read_bytes()), Setting)
        return setting

    def _write(self, name: str, value: Value) -> None:
        write_atomic(self.place / name, json.dumps(to_json(value), indent=1).encode())


def cutting_model(side: Side) -> str:
    """What cuts products out for a generator of this side, as RemoveBackground names it."""
    return QUICK if side <= SMALL else "auto"


def begun(folder: Path) -> tuple[TrainingOrder, ...]:
    """The trainings that were begun for generators of this folder, to be gone on with; those that
    can't be read are left out."""
    orders = []
    for place in sorted(folder.glob(f"*{SUFFIX}{PLACE}")) if folder.is_dir() else ():
        with suppress(OSError, ValueError):
            order = order_of(place)
            orders.append(replace(order, output=place.with_name(place.name[: -len(PLACE)])))
    return tuple(replace(order, resume=True) for order in orders)


def order_of(place: Path) -> TrainingOrder:
    """What was asked for of the training that lies there. Raises OSError, ValueError."""
    return msgspec.json.decode((place / ORDER).read_bytes(), type=TrainingOrder, dec_hook=_path)


def _path(kind: type, text: str) -> Path:
    del kind  # nothing else in an order is unknown to JSON
    return Path(text)


def _no_folder(folder: Path) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "There is no folder “{folder}”."),
        code="no-folder",
        folder=str(folder),
    )


def _not_made(folder: Path, error: OSError) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "The folder “{folder}” could not be made: {why}."),
        code="no-folder",
        folder=str(folder),
        why=error.strerror or str(error),
    )
