# SPDX-License-Identifier: Apache-2.0
"""Entries of the File menu."""

from __future__ import annotations

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.catalogue_menu import FOLDER
from prodedit.gui.entry import SEPARATOR, Entry

_T = QT_TRANSLATE_NOOP
FILE = (
    Entry("new_picture", _T("Action", "&New…"), ("Ctrl+N",), "file-plus", ""),
    Entry("open", _T("Action", "&Open…"), ("Ctrl+O",), "folder-open", ""),
    *FOLDER,
    Entry("open_recent", _T("Action", "Open &recent"), (), "", ""),
    Entry("place", _T("Action", "&Place picture as layer…"), ("Ctrl+Shift+L",), "photo-plus"),
    SEPARATOR,
    Entry("save", _T("Action", "&Save"), ("Ctrl+S",), "device-floppy"),
    Entry("save_as", _T("Action", "Save &as…"), ("Ctrl+Shift+S",)),
    Entry("save_copy", _T("Action", "Save a cop&y…"), ("Ctrl+Alt+S",)),
    Entry("revert", _T("Action", "Re&vert to the file"), ("F12",), "restore"),
    Entry("versions", _T("Action", "Earlier vers&ions…"), (), "clock"),
    Entry(
        "export",
        _T("Action", "&Export…"),
        ("Ctrl+Alt+Shift+W", "Ctrl+Alt+Shift+S"),
        "file-export",
    ),
    Entry("batch_export", _T("Action", "&Batch export…"), ("Ctrl+Alt+5",), "photo-down", ""),
    Entry("check_pictures", _T("Action", "Check for mar&ketplaces…"), (), "circle-check", ""),
    Entry("edit_presets", _T("Action", "Presets of &marketplaces…"), (), "", ""),
    SEPARATOR,
    Entry("print_picture", _T("Action", "Prin&t…"), ("Ctrl+P",)),
    Entry("contact_sheet", _T("Action", "Contact s&heet…"), (), "layout-grid", ""),
    SEPARATOR,
    Entry("close", _T("Action", "&Close"), ("Ctrl+W",), "x"),
    Entry("quit", _T("Action", "&Quit"), ("Ctrl+Q",), "", ""),
)
