# SPDX-License-Identifier: Apache-2.0
"""A question before files are written over that are there already."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from prodedit.gui.translation import translate


def may_replace(outputs: Iterable[Path], parent: QWidget) -> bool:
    """Asked where some of them are there; True where none is."""
    there = sum(path.exists() for path in outputs)
    if not there:
        return True
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    text = translate("Replacing", "{count} files are there already.")
    box.setText(text.format(count=there))
    box.setInformativeText(
        translate("Replacing", "They have the names of the results. Replace them?")
    )
    accept, reject = QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.RejectRole
    replace = box.addButton(translate("Replacing", "Replace"), accept)
    box.addButton(translate("Replacing", "Cancel"), reject)
    box.exec()
    return box.clickedButton() is replace
