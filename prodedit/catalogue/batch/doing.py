# SPDX-License-Identifier: Apache-2.0
"""What is done to each picture of a batch: a recipe, presets, or both. A value: it is kept with the
batch, travels to other computers, and its digests tell when it is no longer the same."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import msgspec

from prodedit.catalogue.batch.alike import Alike
from prodedit.catalogue.batch.outputs import OWN
from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.export_setting import SUFFIXES, ExportSetting
from prodedit.core.presets import Preset
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.recipe import Recipe
from prodedit.engine.replay import Step
from prodedit.engine.tasks import RemoveBackground

_CORRECTS = (edits.TidyMask, edits.GrowMask, edits.FeatherMask, edits.Defringe)
"""Edits right after a cut-out that belong to it."""


class Doing(msgspec.Struct, frozen=True):
    """recipe: done first. presets: by id; where there are any, each makes a file of what the recipe
    has left, otherwise `export` does.

    keep_recipe: is written beside each file. enlarge: a network may enlarge photos that are too
    small for a preset. check: files are looked at again and judged by their presets.
    review: cut-outs with a score below this wait for a person; 0: none does.
    small: pixels of the side of the small pictures made of each photo and file; 0: none.
    alike: pictures that belong together are made alike; None: each is by itself.
    """

    recipe: Recipe | None = None
    presets: dict[str, Preset] = {}
    export: ExportSetting = ExportSetting()
    keep_recipe: bool = False
    enlarge: bool = True
    check: bool = True
    review: float = 0.0
    small: int = 0
    alike: Alike | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        return () if self.recipe is None else self.recipe.steps

    @property
    def suffixes(self) -> dict[str, str]:
        """By preset, of the files that are made."""
        if not self.presets:
            return {OWN: SUFFIXES[self.export.format]}
        return {key: SUFFIXES[preset.making.format] for key, preset in self.presets.items()}

    @property
    def stages(self) -> Stages:
        """The recipe before, in and after its first cut-out."""
        steps = self.steps
        first = next((n for n, s in enumerate(steps) if isinstance(s, RemoveBackground)), None)
        if first is None:
            return Stages(steps, (), ())
        end = first + 1
        while end < len(steps) and _belongs(steps[end]):
            end += 1
        return Stages(steps[:first], steps[first:end], steps[end:])

    @property
    def cuts_out(self) -> bool:
        """Whether there is a cut-out of each picture that a person could look at."""
        return bool(self.stages.cutting) or any(p.making.cuts_out for p in self.presets.values())

    def digests(self) -> dict[str, str]:
        """By preset, of all that a file is made by: another recipe or preset has another one."""
        same = self._as_read()
        both = (same.steps, same.enlarge, same.keep_recipe, *filter(None, (same.alike,)))
        return {key: _digest(*both, same.presets.get(key, same.export)) for key in self.suffixes}

    def cut_digest(self) -> str:
        """Of all that a cut-out is made by."""
        stages = self._as_read().stages
        return _digest(stages.before, stages.cutting)

    def _as_read(self) -> Doing:
        """As it comes back from a file, where 80 and 80.0 are the same."""
        return msgspec.convert(msgspec.to_builtins(self), Doing)


class Stages(NamedTuple):
    """Steps before the cut-out, of it, and after it; without one all are `before`."""

    before: tuple[Step, ...]
    cutting: tuple[Step, ...]
    after: tuple[Step, ...]


def check_sense(doing: Doing) -> None:
    """Raises Problem where nothing would be done."""
    if doing.recipe is None and not doing.presets:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "Nothing would be done: name a recipe, or a preset."),
            code="nothing-to-do",
        )
    if doing.alike is not None and not doing.cuts_out:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Pictures are made alike by their cut-outs, and nothing cuts them out here: choose "
                "a recipe or a marketplace that does.",
            ),
            code="nothing-alike",
        )


def _belongs(step: Step) -> bool:
    return isinstance(step, _CORRECTS) and step.layer == PHOTO


def _digest(*values: object) -> str:
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()[:32]
