# SPDX-License-Identifier: Apache-2.0
"""The look of one picture given to others: to those that are open, to those of the strip."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from weakref import ref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core.document import PHOTO
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.looks import Look, edit_for, has_product, look_of, recipe_steps
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import Entry
from prodedit.gui.catalogue.desk import CatalogueDesk
from prodedit.gui.notices import Notices
from prodedit.gui.translation import translate

_NAMED = 3
"""Names in a sentence, at most."""


class LookCommands(QObject):
    """What was copied is kept while the window is open."""

    def __init__(
        self, workspace: Workspace, desk: CatalogueDesk, notices: Notices, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._desk, self._notices = workspace, desk, notices
        self._copied: Look | None = None
        self._owner: Callable[[], EditSession | None] = lambda: None

    def copy_look(self) -> None:
        session = self._workspace.current
        if session is None:
            return
        try:
            self._copied = look_of(session.document, product_of(session))
        except Problem as problem:
            self._notices.tell_problem(problem)
            return
        self._owner = ref(session)  # it may be closed
        text = self.tr("The look of “{name}” is copied: adjustments, effects, background.")
        self._notices.tell(text.format(name=session.name))
        if self._copied.left_masks:
            text = self.tr(
                "Masks that fit this picture only stay here; elsewhere all is changed by: {names}"
            )
            self._notices.tell(text.format(names=_listed(self._copied.left_masks)))

    def paste_look(self) -> None:
        """To the current picture."""
        session, look = self._workspace.current, self._look()
        if session is not None and look is not None:
            self._tell_uncut(look, self._give(look, [session]))

    def paste_look_all(self) -> None:
        """To all that is open, but the one that it comes from."""
        look = self._look()
        if look is None:
            return
        others = [one for one in self._workspace.sessions if one is not self._owner()]
        given = self._give(look, others)
        text = self.tr("The look was given to {count} open pictures.")
        self._notices.tell(text.format(count=len(given)))
        self._tell_uncut(look, given)

    def look_to_strip(self) -> None:
        """To the chosen pictures of the folder, without opening them."""
        look, chosen = self._look(), self._desk.strip.row.chosen
        if look is None:
            return
        try:
            if not chosen:
                raise _nothing_chosen()
            name, export = self.tr("Copied look"), self._workspace.settings.export
            recipe = Recipe(name=name, steps=recipe_steps(look), export=export)
        except Problem as problem:
            self._notices.tell_problem(problem)
            return
        if look.needs_product and look.cut_out is None:
            self._notices.tell(
                self.tr("It isn't said how to cut out, so what keeps to the product changes all.")
            )
        entry = Entry("", Path(), is_built_in=False, recipe=recipe)
        self._desk.work.apply(entry, chosen, self._desk.folders)

    def _give(self, look: Look, sessions: Iterable[EditSession]) -> list[EditSession]:
        """As one step each that can be undone; what keeps it from being done is told. Those that
        have it."""
        text, given = self.tr("Paste look"), []
        for session in sessions:
            edit, inputs = edit_for(look, session.document, product_of(session))
            if session.apply(edit, inputs, text=text):
                given.append(session)
        return given

    def _tell_uncut(self, look: Look, given: Iterable[EditSession]) -> None:
        """Of pictures without a product's mask, of which masks of a look could be made."""
        names = tuple(one.name for one in given if not has_product(one.document, product_of(one)))
        if look.needs_product and names:
            text = self.tr(
                "Nothing is cut out there, so what keeps to the product changes all of: {names}"
            )
            self._notices.tell(text.format(names=_listed(names)))

    def _look(self) -> Look | None:
        if self._copied is None:
            text = QT_TRANSLATE_NOOP("Problem", "No look was copied yet. Copy one first.")
            self._notices.tell_problem(Problem(text, code="nothing-to-paste"))
        return self._copied


def product_of(session: EditSession) -> str:
    """The layer that is the product: the photo, else the one that is worked on."""
    return PHOTO if session.document.find(PHOTO) is not None else session.active_id


def _listed(names: tuple[str, ...]) -> str:
    shown = translate("RecipeStep", ", ").join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} …"


def _nothing_chosen() -> Problem:
    text = QT_TRANSLATE_NOOP(
        "Problem", "No picture is chosen in the strip. Open a folder and choose some there."
    )
    return Problem(text, code="nothing-chosen")
