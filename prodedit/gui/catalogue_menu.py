# SPDX-License-Identifier: Apache-2.0
"""Entries of the menus about the open folder and its pictures."""

from __future__ import annotations

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.entry import SEPARATOR, Entry

_T = QT_TRANSLATE_NOOP
_STARS = _T("Action", "S&tars")
FOLDER = (Entry("open_folder", _T("Action", "Open &folder…"), ("Ctrl+Shift+O",), "folder", ""),)
SIMILAR = (Entry("similar_pictures", _T("Action", "Simi&lar pictures…"), (), "", ""),)
STRIP = (Entry("catalogue_strip", _T("Action", "&Catalogue strip"), ("Shift+F9",), "", ""),)
STEPS = (
    SEPARATOR,
    Entry("next_photo", _T("Action", "Next picture of the f&older"), ("Ctrl+PgDown",), "", ""),
    Entry(
        "previous_photo", _T("Action", "Previous picture of the fo&lder"), ("Ctrl+PgUp",), "", ""
    ),
    Entry("rate_0", _T("Action", "No stars"), ("Alt+0",), "", "", _STARS),
    Entry("rate_1", _T("Action", "1 star"), ("Alt+1",), "", "", _STARS),
    Entry("rate_2", _T("Action", "2 stars"), ("Alt+2",), "", "", _STARS),
    Entry("rate_3", _T("Action", "3 stars"), ("Alt+3",), "", "", _STARS),
    Entry("rate_4", _T("Action", "4 stars"), ("Alt+4",), "", "", _STARS),
    Entry("rate_5", _T("Action", "5 stars"), ("Alt+5",), "", "", _STARS),
)
