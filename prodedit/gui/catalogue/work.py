# SPDX-License-Identifier: Apache-2.0
"""What can be done to the chosen pictures of the folder at once: a recipe, and a check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from prodedit.catalogue.batch.plan import Planned
from prodedit.catalogue.folder.applying import Applied, apply_recipe, planned
from prodedit.catalogue.folder.checking import Checked, check_pictures
from prodedit.catalogue.folder.listing import Picture
from prodedit.core.presets import Preset
from prodedit.core.problem import Problem
from prodedit.editing.workspace import Workspace
from prodedit.engine.preset_library import Entry as PresetEntry
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import Entry
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import ApplyToPictures, CheckPictures
from prodedit.gui.catalogue.keeper import MarkKeeper
from prodedit.gui.catalogue.many import ManyRuns, Tools
from prodedit.gui.notices import Notices
from prodedit.gui.presets.words import preset_name
from prodedit.gui.recipes.words import recipe_name
from prodedit.gui.replacing import may_replace
from prodedit.gui.translation import problem_text

_TOLD = 3
"""Failures that are told by name; the others by their number."""


class PicturesWork(QObject):
    """Of one window."""

    def __init__(
        self, workspace: Workspace, keeper: MarkKeeper, notices: Notices, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._keeper = workspace, keeper
        self._notices, self._window = notices, window
        self.runs = ManyRuns(workspace, self)
        self.runs.ended.connect(self._ended)
        self._failed: dict[str, list[Applied]] = {}
        self._results: dict[str, Path] = {}

    def apply(self, entry: Entry, pictures: Sequence[Picture], roots: Sequence[Path]) -> None:
        """Ask where the results go, and do the recipe to each picture, without opening it."""
        if entry.recipe is None or not pictures:
            return
        folder = self._chosen_folder(roots)
        if folder is None:
            return
        try:
            plan = planned([one.path for one in pictures], roots, folder, entry.recipe)
        except Problem as problem:
            self._notices.tell_problem(problem)
            return
        if may_replace((one.output for one in plan), self._window):
            self._apply(entry, entry.recipe, pictures, plan, folder)

    def check(self, entry: PresetEntry, pictures: Sequence[Picture]) -> None:
        """Look whether they are what the preset demands; those that are not get a flag."""
        if entry.preset is None or not pictures:
            return
        name = preset_name(entry.id)
        listed = CheckPictures(name, len(pictures))
        work = _checking(entry.id, entry.preset, tuple(pictures))
        self.runs.start(listed, len(pictures), work, self._take_checked)

    def _apply(
        self,
        entry: Entry,
        recipe: Recipe,
        pictures: Sequence[Picture],
        plan: tuple[Planned, ...],
        folder: Path,
    ) -> None:
        known = {one.path: one for one in pictures}
        failed: list[Applied] = []

        def take(came: object) -> None:
            assert isinstance(came, Applied)
            if came.problem is None:
                source, output = came.planned
                self._keeper.was_exported(known[source], output, entry.id)
            else:
                failed.append(came)

        listed = ApplyToPictures(recipe_name(entry), len(plan))
        job_id = self.runs.start(listed, len(plan), _applying(recipe, plan), take)
        self._failed[job_id], self._results[job_id] = failed, folder

    def _take_checked(self, came: object) -> None:
        assert isinstance(came, Checked)
        if came.failing is not None:
            self._keeper.was_checked(came.picture, (came.failing,))

    def _ended(self, job: Job) -> None:
        failed = self._failed.pop(job.id, None)
        folder = self._results.pop(job.id, None)
        task: object = job.task
        if job.state is not State.DONE:
            return
        if isinstance(task, CheckPictures):
            self._notices.tell(self.tr("Checked for “{name}”.").format(name=task.name))
        elif isinstance(task, ApplyToPictures) and failed is not None and folder is not None:
            self._tell(task, failed, folder)

    def _tell(self, task: ApplyToPictures, failed: list[Applied], folder: Path) -> None:
        done = task.count - len(failed)
        text = self.tr("{count} pictures were written to “{folder}”.")
        self._notices.tell(text.format(count=done, folder=folder.name))
        for one in failed[:_TOLD]:
            assert one.problem is not None
            one.problem.values.setdefault("file", one.planned.source.name)
            self._notices.tell_problem(one.problem)
        if len(failed) > _TOLD:
            more = self.tr("{count} more pictures could not be made.")
            lines = [
                f"{one.planned.source.name}: {problem_text(one.problem)}"
                for one in failed[_TOLD:]
                if one.problem
            ]
            self._notices.tell(
                more.format(count=len(failed) - _TOLD), kind="problem", details="\n".join(lines)
            )

    def _chosen_folder(self, roots: Sequence[Path]) -> Path | None:
        """Where results go; asked each time, the last one is proposed."""
        choice = self._workspace.settings.catalogue
        start = choice.results or str(roots[0].parent if roots else Path.home())
        title = self.tr("Folder for the results")
        chosen = QFileDialog.getExistingDirectory(self._window, title, start)
        if not chosen:
            return None
        now = msgspec.structs.replace(choice, results=chosen)
        self._workspace.change_settings(catalogue=now)
        return Path(chosen)


def _applying(recipe: Recipe, plan: tuple[Planned, ...]) -> Callable[[Tools], None]:
    def work(tools: Tools) -> None:
        apply_recipe(recipe, plan, tools.decoder, tools.engine.run, tools.tell, tools.stop.is_set)

    return work


def _checking(
    preset_id: str, preset: Preset, pictures: tuple[Picture, ...]
) -> Callable[[Tools], None]:
    def work(tools: Tools) -> None:
        check_pictures(
            preset_id, preset, pictures, tools.decoder, tools.engine, tools.tell, tools.stop.is_set
        )

    return work
