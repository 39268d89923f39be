# SPDX-License-Identifier: Apache-2.0
"""A folder of photos made ready for a generator to learn from, or to be compared with."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import cast

from prodedit.catalogue.batch.inputs import gather
from prodedit.catalogue.training import TrainingOrder, cutting_model
from prodedit.cli import choices
from prodedit.cli.telling import Voice
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.results import MaskResult
from prodedit.engine.service.client import EngineClient
from prodedit.engine.service.store import default_store
from prodedit.engine.tasks import RemoveBackground
from prodedit.engine.training.intake import Cut, Intake, take_in
from prodedit.engine.training.packed import PackedPictures
from prodedit.engine.training.report import DataReport
from prodedit.engine.training.setting import Side
from prodedit.files.decoder import Decoder


def taken_in(
    folder: Path, target: Path, side: Side, voice: Voice, *, cut_out: bool
) -> PackedPictures:
    """The folder's pictures, packed into `target`, with a bar meanwhile. Raises Problem."""
    files = tuple(found.path for found in gather([str(folder)], target).pictures)
    with ExitStack() as stack:
        decoder = stack.enter_context(Decoder())
        intake = Intake(folder, files, side, _cut(stack, side) if cut_out else None)
        bar = stack.enter_context(voice.progress(len(files)))
        return take_in(
            intake, target, decoder, lambda share, name: bar.move_to(name, share * len(files))
        )


def prepared(order: TrainingOrder, voice: Voice) -> DataReport:
    """What a training needs, with a bar meanwhile. Raises Problem."""
    with ExitStack() as stack:
        decoder = stack.enter_context(Decoder())
        bar = stack.enter_context(voice.progress(100))
        return order.prepare(
            decoder, _cut(stack, order.side), lambda share, name: bar.move_to(name, 100 * share)
        )


def check_folder(folder: Path) -> None:
    """Raises Problem where it is none."""
    if not folder.is_dir():
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "There is no folder “{folder}”."),
            code="no-folder",
            folder=str(folder),
        )


def new_engine() -> EngineClient:
    """This installation's engine."""
    return EngineClient()


def _cut(stack: ExitStack, side: Side) -> Cut:
    """Asks the engine, which is started with the first picture that needs it."""
    engine: list[EngineClient] = []
    model = cutting_model(side)

    def cut(picture: object) -> MaskResult:
        if not engine:
            choices.check_model(model, default_store())
            engine.append(new_engine())
            stack.callback(engine[0].close)
        result = engine[0].run(RemoveBackground(model), {"source": picture}, lane="batch")
        return cast(MaskResult, result)

    return cut
