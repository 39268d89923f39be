# SPDX-License-Identifier: Apache-2.0
"""Entries of the View menu about rulers, grid, guides, and what snaps to them."""

from __future__ import annotations

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.entry import Entry

_T = QT_TRANSLATE_NOOP
_GUIDES, _SNAP_TO = _T("Action", "Gui&des"), _T("Action", "Snap &to")
AIDS = (
    Entry("rulers", _T("Action", "&Rulers"), ("Ctrl+R",), needs=""),
    Entry("show_grid", _T("Action", "&Grid"), ("Ctrl+'",), needs=""),
    Entry("show_guides", _T("Action", "Show guides"), ("Ctrl+;",), "", "", _GUIDES),
    Entry("lock_guides", _T("Action", "Lock guides"), ("Ctrl+Alt+;",), "", "", _GUIDES),
    Entry("new_guide", _T("Action", "New guide…"), menu=_GUIDES),
    Entry("clear_guides", _T("Action", "Clear guides"), menu=_GUIDES),
    Entry("snap", _T("Action", "&Snap"), ("Ctrl+Shift+;",), needs=""),
    Entry("snap_to_guides", _T("Action", "Guides"), (), "", "", _SNAP_TO),
    Entry("snap_to_grid", _T("Action", "Grid"), (), "", "", _SNAP_TO),
    Entry("snap_to_canvas", _T("Action", "Edges and middle of the picture"), (), "", "", _SNAP_TO),
    Entry("snap_to_layers", _T("Action", "Other layers"), (), "", "", _SNAP_TO),
    Entry("grid_settings", _T("Action", "Grid and ru&lers…"), (), "", ""),
)
