# SPDX-License-Identifier: Apache-2.0
"""Offers what a killed program left, after the window is shown; never in its way."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDateTime, QLocale

from prodedit.files.journal_read import Recovery
from prodedit.gui.main_window import MainWindow
from prodedit.gui.notices import Choice
from prodedit.gui.translation import translate


def offer_recoveries(window: MainWindow) -> None:
    """One card for each document that can be got back."""
    for recovery in window.workspace.recoveries():
        window.notices.tell(
            _text(recovery),
            Choice(
                translate("Recovery", "Bring it back"),
                partial(window.workspace.recover, recovery),
            ),
            Choice(translate("Recovery", "Discard"), recovery.discard),
        )


def _text(recovery: Recovery) -> str:
    moment = QDateTime.fromSecsSinceEpoch(round(recovery.time))
    when = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    text = translate("Recovery", "ProdEdit ended unexpectedly. “{name}” was last changed {when}.")
    return text.format(name=recovery.name, when=when)
