# SPDX-License-Identifier: Apache-2.0
"""Paths from selections and masks, found away from the window's thread: fur takes seconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.late import while_there
from prodedit.gui.tools.pen import Pen, new_path
from prodedit.gui.translation import translate

Tracing = edits.PathFromSelection | edits.PathFromMask


def trace(workspace: Workspace, pen: Pen, edit: Tracing, then: Callable[[], None]) -> None:
    """Do `edit`, hand its path to the pen, and call `then`; what fails the session tells."""
    session = pen.session
    errand = workspace.run(partial(edits.apply, session.document, edit))
    errand.done.connect(while_there(pen, _take, session, pen, edit, then))
    errand.failed.connect(session.failed)


def _take(
    session: EditSession, pen: Pen, edit: Tracing, then: Callable[[], None], traced: Document
) -> None:
    """Put the path that was found into what the document is by now."""
    named = next(path for path in traced.paths if path.id == edit.path)
    if any(path.id == named.id for path in session.document.paths):
        named = replace(named, id=new_path(session.document)[0])
    if session.apply(edits.SetPath(named), text=translate("Edit", edits.title(edit))):
        pen.work_on(named.id)
        then()
