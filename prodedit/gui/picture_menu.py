# SPDX-License-Identifier: Apache-2.0
"""Entries of the Picture menu that make one picture many, or many like one."""

from __future__ import annotations

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.entry import Entry

_T = QT_TRANSLATE_NOOP
_LOOK = _T("Action", "Loo&k")
MANY = (
    Entry("separate_products", _T("Action", "Separate products…"), (), "", "mask"),
    Entry("copy_look", _T("Action", "Copy the look"), ("Ctrl+Alt+Shift+C",), "copy", menu=_LOOK),
    Entry(
        "paste_look", _T("Action", "Paste the look"), ("Ctrl+Alt+Shift+V",), "clipboard", menu=_LOOK
    ),
    Entry("paste_look_all", _T("Action", "Give it to all open pictures"), menu=_LOOK),
    Entry(
        "look_to_strip",
        _T("Action", "Give it to the chosen pictures of the strip…"),
        needs="",
        menu=_LOOK,
    ),
)
