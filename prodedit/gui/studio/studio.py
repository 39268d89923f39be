# SPDX-License-Identifier: Apache-2.0
"""What the Generate panel is about: the generators there are, the one in use, the picture that was
chosen and those that are kept. Its pages show this, and change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from prodedit.core.problem import Problem
from prodedit.editing.favourites import DirectionNames, Favourite, Favourites, of_generators
from prodedit.editing.orders import TaskDesk
from prodedit.editing.studio_choice import StudioChoice
from prodedit.editing.workspace import Workspace
from prodedit.engine.generators.known import Known, known
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.gui.late import while_there
from prodedit.gui.studio.line import own_session
from prodedit.gui.studio.picks import Pick

Loaded = tuple[tuple[Known, ...], tuple[Favourite, ...]]
_STEPS_BACK = 100


class Studio(QObject):
    """No widgets. Files are read and written away from the window's thread."""

    generators_changed = Signal()
    """What the library holds is known anew; the first time, too."""
    generator_changed = Signal()
    """Another one is in use."""
    chosen_changed = Signal()
    """Another picture is chosen, or none."""
    refined = Signal()
    """The chosen picture was changed a little, by a slider or a point that is pulled."""
    favourites_changed = Signal()
    failed = Signal(object)
    """A Problem."""

    def __init__(
        self,
        workspace: Workspace,
        library: GeneratorLibrary,
        desk: TaskDesk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace, self.library = workspace, library
        self.session = own_session(desk, self)
        self.generators: tuple[Known, ...] = ()
        self.is_known = False
        self.names: dict[int, str] = {}
        self._favourites = Favourites(library.own / "favourites")
        self._direction_names = DirectionNames(library.own)
        self._kept: dict[Any, Pick] = {}
        self._chosen: Pick | None = None
        self._before: list[Pick] = []
        self._name = ""

    # Generators

    @property
    def choice(self) -> StudioChoice:
        return self.workspace.settings.studio

    @property
    def generator(self) -> Known | None:
        """The one in use; None where there is none that could be."""
        usable = {one.name: one for one in self.generators if one.card is not None}
        wanted = (self.choice.generator, self._name, *usable)
        return next((usable[name] for name in wanted if name in usable), None)

    def change(self, **changes: Any) -> None:
        """Remember what the person chose."""
        now = msgspec.structs.replace(self.choice, **changes)
        if now != self.choice:
            self.workspace.change_settings(studio=now)

    def load(self) -> None:
        """Look what there is."""
        self._run(partial(_loaded, self.library, self._favourites), self._take_loaded)

    def use(self, name: str) -> None:
        """Work with this generator from now on."""
        if name != self.choice.generator:
            self.change(generator=name, label="")
        self._settle()

    def import_file(self, path: Path) -> None:
        """Take a generator's file into the library, and use it."""
        self._run(partial(self.library.add, path), self._imported)

    def export_file(self, path: Path) -> None:
        """Write the generator in use as one file."""
        if self.generator is not None:
            self._run(partial(self.library.copy, self.generator.path, path), _nothing)

    def remove(self, name: str) -> None:
        """Delete one of the person's own, for good."""
        self._run(partial(self.library.remove, name), lambda _done: self.load())

    def rename(self, names: dict[int, str]) -> None:
        """What the directions of the generator in use are called; those without a name go by
        their number."""
        if self.generator is not None:
            self.names = {number: name for number, name in names.items() if name.strip()}
            self._run(partial(self._direction_names.save, self.generator.name, names), _nothing)

    # The chosen picture

    @property
    def chosen(self) -> Pick | None:
        return self._chosen

    @property
    def can_go_back(self) -> bool:
        return bool(self._before)

    def choose(self, pick: Pick | None) -> None:
        if pick is self._chosen:
            return
        self._push()
        self._chosen = pick
        self.chosen_changed.emit()

    def refine(self, pick: Pick) -> None:
        """The same picture, a little different: no step of its own to go back to."""
        self._chosen = pick
        self.refined.emit()

    def remember(self) -> None:
        """Something larger than a slider's move begins: it can be gone back to what is now."""
        self._push()
        self.refined.emit()

    def _push(self) -> None:
        if self._chosen is not None:
            self._before = [*self._before, self._chosen][-_STEPS_BACK:]

    def go_back(self) -> None:
        """Choose the picture that was chosen before."""
        if self._before:
            self._chosen = self._before.pop()
            self.chosen_changed.emit()

    # Favourites

    @property
    def favourites(self) -> tuple[Pick, ...]:
        """Of the generator in use, the oldest first."""
        name = self.generator.name if self.generator is not None else ""
        return tuple(pick for pick in self._kept.values() if pick.generator == name)

    def keeps(self, pick: Pick) -> bool:
        return pick.key in self._kept

    def toggle_favourite(self, pick: Pick) -> None:
        if self.keeps(pick):
            del self._kept[pick.key]
            self._run(partial(self._favourites.remove, pick.generator, pick.latent), _nothing)
        else:
            self._kept[pick.key] = pick
            stored = Favourite(pick.generator, pick.latent, pick.pixels)
            self._run(partial(self._favourites.add, stored), _nothing)
        self.favourites_changed.emit()

    # What comes back

    def _run(self, work: Callable[[], Any], take: Callable[[Any], None]) -> None:
        errand = self.workspace.run(work)
        errand.done.connect(while_there(self, take))
        errand.failed.connect(while_there(self, self._tell))

    def _tell(self, problem: Problem) -> None:
        self.failed.emit(problem)

    def _take_loaded(self, loaded: Loaded) -> None:
        self.generators, favourites = loaded
        names = {one.name for one in self.generators}
        for one in of_generators(favourites, names):
            pick = Pick(one.generator, one.latent, one.pixels)
            self._kept.setdefault(pick.key, pick)
        self.is_known = True
        self.generators_changed.emit()
        self._settle()

    def _settle(self) -> None:
        """Tell if another generator is in use than before."""
        name = self.generator.name if self.generator is not None else ""
        if name == self._name:
            return
        self._name = name
        self._before, self._chosen = [], None
        self.names = {}
        self.generator_changed.emit()
        self.chosen_changed.emit()
        self.favourites_changed.emit()
        if name:
            self._run(partial(self._direction_names.load, name), partial(self._take_names, name))

    def _take_names(self, name: str, names: dict[int, str]) -> None:
        if name == self._name:
            self.names = {**names, **self.names}
            self.generators_changed.emit()

    def _imported(self, name: str) -> None:
        self.change(generator=name, label="")
        self.load()


def _loaded(library: GeneratorLibrary, favourites: Favourites) -> Loaded:
    return known(library), favourites.load()


def _nothing(_done: object) -> None:
    """It is there now."""
