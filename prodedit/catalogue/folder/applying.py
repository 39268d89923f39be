# SPDX-License-Identifier: Apache-2.0
"""A recipe done to pictures of a folder, one after the other, each to a file of its own: the same
functions as in the window, so the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from prodedit.catalogue.batch.inputs import Found, Gathered
from prodedit.catalogue.batch.mishaps import make_folder, no_memory, unexpected
from prodedit.catalogue.batch.plan import Planned, plan_folder
from prodedit.core.export_setting import SUFFIXES
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.recipe import Recipe
from prodedit.engine.replay import RunTask
from prodedit.engine.replaying import replay
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import open_picture
from prodedit.render.export import export_picture


class Applied(NamedTuple):
    """problem: why there is no file; None where there is."""

    planned: Planned
    problem: Problem | None = None


def planned(
    photos: Sequence[Path], roots: Sequence[Path], results: Path, recipe: Recipe
) -> tuple[Planned, ...]:
    """Where each goes: below `results` as it lies below one of `roots`. Raises Problem where a
    photo would be overwritten."""
    found = tuple(Found(photo, _place(photo, roots)) for photo in photos)
    return plan_folder(Gathered(found, (), 0), results, SUFFIXES[recipe.export.format])


def apply_recipe(
    recipe: Recipe,
    plan: Sequence[Planned],
    decoder: Decoder,
    run: RunTask,
    on_applied: Callable[[Applied], None],
    stopped: Callable[[], bool],
) -> None:
    """What goes wrong with one is told with it, and stops no other. run: does a Task and waits.
    Raises Cancelled once `stopped`."""
    for one in plan:
        if stopped():
            raise Cancelled
        on_applied(Applied(one, _problem(recipe, one, decoder, run)))


def _problem(recipe: Recipe, one: Planned, decoder: Decoder, run: RunTask) -> Problem | None:
    """None where it went well. Raises Cancelled."""
    try:
        make_folder(one.output)
        opened = open_picture(one.source, decoder)
        document = replay(opened.document, recipe.steps, run)
        export_picture(document, one.output, recipe.export, opened.metadata)
    except Problem as problem:
        return problem
    except Cancelled:
        raise
    except MemoryError:
        return no_memory()
    except Exception as error:  # noqa: BLE001 - one picture must not end the work on all
        return unexpected(error)
    return None


def _place(photo: Path, roots: Sequence[Path]) -> PurePath:
    for root in roots:
        if photo.is_relative_to(root):
            return PurePath(os.path.relpath(photo, root))
    return PurePath(photo.name)
