# SPDX-License-Identifier: Apache-2.0
"""What was found of one picture for one preset: a fold for each outcome, a row for each rule."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from prodedit.catalogue.check.findings import Finding, Outcome, Verdict
from prodedit.catalogue.check.words import CheckWords
from prodedit.core.colour import Colour
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.gui.icons import pixmap
from prodedit.gui.panels.section import reveal
from prodedit.gui.presets.words import check_words
from prodedit.gui.theme import Palette, palette_now
from prodedit.gui.translation import translate

_T = QT_TRANSLATE_NOOP
_OPEN, _SHUT = "▾", "▸"
MARK = 16
"""Of an outcome, in widget units."""


class _Look(NamedTuple):
    """title: with {count}; icon: its name; colour: of the palette's."""

    title: str
    icon: str
    colour: str


LOOKS: Mapping[Outcome, _Look] = MappingProxyType(
    {
        "fails": _Look(_T("Findings", "Fails ({count})"), "circle-x", "danger"),
        "confirm": _Look(_T("Findings", "Please look ({count})"), "help-circle", "warning"),
        "passes": _Look(_T("Findings", "Passes ({count})"), "circle-check", "success"),
    }
)
"""In the order in which a person wants to see them."""


def outcome_icon(outcome: Outcome, palette: Palette) -> QIcon:
    look = LOOKS[outcome]
    colour: Colour = getattr(palette, look.colour)
    shown = QIcon(pixmap(look.icon, colour, MARK, 2.0))
    shown.addPixmap(pixmap(look.icon, palette.on_accent, MARK, 2.0), QIcon.Mode.Selected)
    return shown


def outcome_mark(outcome: Outcome, palette: Palette) -> QIcon:
    """The same, just as large as it is in rows, which would draw the icon as large as they can."""
    shown, mark = outcome_icon(outcome, palette), QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        mark.addPixmap(shown.pixmap(MARK, MARK, mode), mode)
    return mark


class FindingsView(QWidget):
    """What fails is open at first; each fold stays as it was left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folds = {outcome: _Fold(outcome, self) for outcome in LOOKS}
        self.folds["fails"].button.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for fold in self.folds.values():
            column.addWidget(fold)
        self.show_verdict(None)

    def show_verdict(self, verdict: Verdict | None) -> None:
        for outcome, fold in self.folds.items():
            fold.show_findings(() if verdict is None else verdict.of(outcome))


class _Fold(QWidget):
    def __init__(self, outcome: Outcome, parent: QWidget) -> None:
        super().__init__(parent)
        self._outcome: Outcome = outcome
        self._count = 0
        self.button = QToolButton(self)
        self.button.setCheckable(True)
        self.button.setProperty("look", "fold")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(MARK, MARK))
        self.rows = QLabel(self)
        self.rows.setTextFormat(Qt.TextFormat.RichText)
        self.rows.setWordWrap(True)
        self.rows.setContentsMargins(MARK + 8, 0, 0, 8)
        self.rows.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        column.addWidget(self.rows)
        self.button.toggled.connect(self._fold)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Nothing at all where there are none."""
        self._count = len(findings)
        self._show_title()
        self.button.setIcon(outcome_icon(self._outcome, palette_now()))
        words, grey = check_words(), palette_now().secondary.hex[:7]
        self.rows.setText("".join(_row(finding, words, grey) for finding in findings))
        self.setVisible(bool(findings))

    def _show_title(self) -> None:
        title = translate("Findings", LOOKS[self._outcome].title).format(count=self._count)
        self.button.setText(f"{title}  {_OPEN if self.button.isChecked() else _SHUT}")

    def _fold(self, open_: bool) -> None:
        self.rows.setVisible(open_)
        self._show_title()
        if open_:
            reveal(self)


def finding_text(finding: Finding, words: CheckWords) -> str:
    """ "1.33, wanted 1"; "" of a question."""
    wanted = words.demanded(finding.rule)
    told = translate("Findings", "{measured}, wanted: {demanded}")
    return told.format(measured=words.measured(finding), demanded=wanted) if wanted else ""


def _row(finding: Finding, words: CheckWords, grey: str) -> str:
    told = finding_text(finding, words)
    if finding.rule.weight == "advice":
        told = translate("Findings", "{told} (advice)").format(told=told)
    lines = [html.escape(words.title(finding.rule))]
    if told:
        lines.append(f"<b>{html.escape(told)}</b>")
    source = html.escape(words.source(finding.rule))
    lines.append(f'<span style="font-size:12px; color:{grey}">{source}</span>')
    return f'<p style="margin:0 0 8px 0">{"<br>".join(lines)}</p>'
