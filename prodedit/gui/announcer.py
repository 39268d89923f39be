# SPDX-License-Identifier: Apache-2.0
"""Puts into words, on cards over the canvas, what the workspace has done or could not do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from prodedit.core.problem import Problem
from prodedit.gui.late import soon, while_there
from prodedit.gui.notices import Choice, Notices
from prodedit.gui.translation import Told, file_size, note_text
from prodedit.render.fonts import missing_fonts

if TYPE_CHECKING:  # comes with numpy and the engine's client
    from prodedit.editing.errands import Errand
    from prodedit.editing.exports import Exported
    from prodedit.editing.orders import Landing, Order
    from prodedit.editing.session import EditSession
    from prodedit.editing.workspace import Workspace
    from prodedit.engine.service.jobs import Job
    from prodedit.gui.commands.files import FileCommands

LONG_MILLISECONDS = 1000
"""An export that takes longer than this is worth a card."""


class Announcer(QObject):
    """Listens to a workspace and to its sessions."""

    def __init__(
        self, workspace: Workspace, notices: Notices, files: FileCommands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._workspace = workspace
        self._notices = notices
        self._not_saved: tuple[EditSession, Problem] | None = None
        workspace.not_saved.connect(self._remember)
        workspace.failed.connect(self._tell_problem)
        workspace.damaged.connect(self._tell_damaged)
        workspace.opened_with_notes.connect(self._tell_notes)
        workspace.exporting.connect(self._watch)
        workspace.exported.connect(self._tell_exported)
        workspace.saved.connect(self._tell_saved)
        workspace.copied.connect(self._tell_copied)
        workspace.session_opened.connect(self._listen)
        workspace.session_closed.connect(notices.forget)

    def _tell_problem(self, problem: Problem) -> None:
        """With what can be done about it at once."""
        session, model = self._workspace.current, problem.values.get("model")
        if self._not_saved is not None and self._not_saved[1] is problem:
            self._tell_not_saved(*self._not_saved)
            return
        if problem.code == "not-pixels" and session is not None:
            add = while_there(self, self._add_layer, session)
            self._notices.tell_problem(problem, Choice(self.tr("New layer"), add), about=session)
            return
        if problem.code != "model-missing" or session is None or not isinstance(model, str):
            self._notices.tell_problem(problem)
            return
        get = while_there(self, self._get_model, session, model, str(problem.values["title"]))
        text = self.tr("The model {title} is not on this computer yet.")
        self._notices.tell(
            text.format(title=problem.values["title"]),
            Choice(self.tr("Get it now"), get),
            about=session,
        )

    def _remember(self, session: EditSession, problem: Problem) -> None:
        self._not_saved = session, problem

    def _tell_not_saved(self, session: EditSession, problem: Problem) -> None:
        self._not_saved = None
        elsewhere = while_there(self, self._save_as, session)
        self._notices.tell_problem(problem, Choice(self.tr("Save as…"), elsewhere), about=session)

    def _save_as(self, session: EditSession) -> None:
        if session in self._workspace.sessions:
            self._files.save_to_chosen(session)

    def _add_layer(self, session: EditSession) -> None:
        """An empty one to paint on, just above the active one."""
        from prodedit.gui.commands.new_layers import add_empty_layer  # comes with numpy

        add_empty_layer(session, self.tr("Layer"))

    def _get_model(self, session: EditSession, model: str, title: str) -> None:
        from prodedit.engine.tasks import GetModel  # not needed before the first paint

        see = while_there(self, self._tell_model, title)
        session.look(GetModel(model), session.document, session.active_id, see)

    def _tell_model(self, title: str, job: Job) -> None:
        if job.problem is not None:
            self._notices.tell_problem(job.problem)
        elif job.result is not None:
            self._notices.tell(self.tr("The model {title} is here now.").format(title=title))

    def _listen(self, session: EditSession) -> None:
        session.result_homeless.connect(while_there(self, self._offer_result, session))
        self._tell_fonts(missing_fonts(session.document))

    def _tell_fonts(self, missing: tuple[str, ...]) -> None:
        if missing:
            text = self.tr(
                "Not on this computer: {fonts}. Another font is shown until you choose one."
            )
            names = QLocale().createSeparatedList([f"“{name}”" for name in missing])
            self._notices.tell(text.format(fonts=names))

    def _tell_damaged(self, path: Path, problem: Problem) -> None:
        open_rest = partial(self._workspace.open, path, accept_damaged=True)
        self._notices.tell_problem(problem, Choice(self.tr("Open what is left"), open_rest))

    def _tell_notes(self, session: EditSession, notes: tuple[Told, ...]) -> None:
        for note in notes:
            self._notices.tell(note_text(note))

    def _watch(self, path: Path, errand: Errand) -> None:
        """What takes long can be stopped."""
        soon(errand, partial(self._offer_stop, path, errand), LONG_MILLISECONDS)

    def _offer_stop(self, path: Path, errand: Errand) -> None:
        if not errand.is_over:
            stop = partial(self._workspace.stop_export, errand)
            text = self.tr("Exporting {name}…").format(name=path.name)
            card = self._notices.tell(text, Choice(self.tr("Stop"), stop))
            errand.done.connect(card.dismiss)
            errand.failed.connect(card.dismiss)

    def _tell_exported(self, exported: Exported) -> None:
        text = self.tr("Exported: {name}, {size}")
        size = file_size(QLocale(), exported.nbytes)
        self._notices.tell(text.format(name=exported.path.name, size=size))

    def _tell_saved(self, session: EditSession) -> None:
        self._notices.tell(self.tr("Saved: {name}").format(name=session.name))

    def _tell_copied(self, path: Path) -> None:
        self._notices.tell(self.tr("A copy was saved: {name}").format(name=path.name))

    def _offer_result(self, session: EditSession, order: Order, landing: Landing) -> None:
        self._notices.tell(
            self.tr("The layer was changed in the meantime, so the result was not put on it."),
            Choice(self.tr("Add as new layer"), partial(session.insert_result, order, landing)),
            about=session,
        )
