# SPDX-License-Identifier: Apache-2.0
"""Offers what a killed program left, after the window is shown; never in its way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QDateTime, QLocale

from prodedit.files.journal_read import Recovery
from prodedit.gui.documents.recovered import RecoveredWindow
from prodedit.gui.main_window import MainWindow
from prodedit.gui.notices import Choice
from prodedit.gui.translation import translate

MOST_TRIES = 3
"""A document that ended the program so often when it was brought back is put aside."""
_NAMED = 4


def offer_recoveries(window: MainWindow) -> None:
    """One card for all documents that can be got back, and one for each that ended the program
    when it was."""
    found = window.workspace.recoveries()
    for recovery in found:
        if recovery.tries >= MOST_TRIES:
            _put_aside(window, recovery)
        elif recovery.tries:
            _warn(window, recovery)
    fresh = tuple(recovery for recovery in found if not recovery.tries)
    if len(fresh) > 1:
        _offer_all(window, fresh)
    elif fresh:
        _offer(window, fresh[0])


def _offer(window: MainWindow, recovery: Recovery) -> None:
    text = translate("Recovery", "ProdEdit ended unexpectedly. “{name}” was last changed {when}.")
    window.notices.tell(
        text.format(name=recovery.name, when=when(recovery)),
        Choice(translate("Recovery", "Bring it back"), partial(window.workspace.recover, recovery)),
        Choice(translate("Recovery", "Discard"), recovery.discard),
    )


def _offer_all(window: MainWindow, fresh: tuple[Recovery, ...]) -> None:
    text = translate(
        "Recovery", "ProdEdit ended unexpectedly. {count} pictures can be brought back: {names}."
    )
    names = [f"“{recovery.name}”" for recovery in fresh[:_NAMED]]
    told = QLocale().createSeparatedList(names) if len(fresh) <= _NAMED else ", ".join(names) + "…"

    def bring_back(wanted: Iterable[Recovery]) -> None:
        for recovery in wanted:
            window.workspace.recover(recovery)

    def choose() -> None:
        dialog = RecoveredWindow([(one, when(one)) for one in fresh], window)
        dialog.wanted.connect(bring_back)
        dialog.show()

    window.notices.tell(
        text.format(count=len(fresh), names=told),
        Choice(translate("Recovery", "Bring all back"), partial(bring_back, fresh)),
        Choice(translate("Recovery", "Choose…"), choose),
    )


def _warn(window: MainWindow, recovery: Recovery) -> None:
    """Not with the others: they are not to suffer for it."""
    text = translate(
        "Recovery",
        "“{name}” was brought back, and ProdEdit ended soon after. It may be damaged. Save what "
        "else is open before you try it again.",
    )
    window.notices.tell(
        text.format(name=recovery.name),
        Choice(translate("Recovery", "Try again"), partial(window.workspace.recover, recovery)),
        Choice(translate("Recovery", "Put it aside"), partial(_put_aside, window, recovery)),
        kind="problem",
    )


def _put_aside(window: MainWindow, recovery: Recovery) -> None:
    kept = recovery.put_aside()
    text = translate(
        "Recovery", "“{name}” is not offered any more. Its recovery data is kept in “{folder}”."
    )
    window.notices.tell(text.format(name=recovery.name, folder=kept), kind="problem")


def when(recovery: Recovery) -> str:
    moment = QDateTime.fromSecsSinceEpoch(round(recovery.time))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
