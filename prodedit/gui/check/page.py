# SPDX-License-Identifier: Apache-2.0
"""The pictures that were checked: a table, what of it is shown, and each rule of the chosen row."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.check.run import Row
from prodedit.core.presets import RULES
from prodedit.gui.check.findings import FindingsView
from prodedit.gui.check.model import (
    FILTERS,
    MADE,
    PHOTO,
    PRESET,
    RESULT,
    WHY,
    CheckModel,
    fails,
)
from prodedit.gui.presets.words import preset_names
from prodedit.gui.result_table import ROW_ROLE, ResultFilter, result_table
from prodedit.gui.translation import problem_text, translate

_WIDTHS = {PHOTO: 180, PRESET: 132, RESULT: 112, WHY: 120, MADE: 76}
_DETAILS = 300


class CheckPage(QWidget):
    opened = Signal(object)
    """A Row, by double click or Enter."""

    def __init__(self, model: CheckModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.rows = ResultFilter(model, self)
        self.sum = QLabel(self)
        self.filter = self._filter()
        self.table = result_table(self.rows, _WIDTHS, WHY, self)
        self.table.setAccessibleName(self.tr("Pictures that were checked"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.broken = QLabel(self)
        self.broken.setProperty("role", "error")
        self.broken.setWordWrap(True)
        self.findings = FindingsView(self)
        self._lay_out()
        self.filter.activated.connect(self._show_wanted)
        self.table.activated.connect(self._activated)
        self.table.selectionModel().currentChanged.connect(lambda *_: self.show_details())
        self.show_details()

    @property
    def current(self) -> Row | None:
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Row) else None

    def show_details(self) -> None:
        """Of the chosen row, as it is now."""
        row = self.current
        hint = self.tr("Choose a row to see each rule.")
        self.title.setText(hint if row is None else self._title(row))
        self.broken.setVisible(row is not None and row.problem is not None)
        if row is not None and row.problem is not None:
            self.broken.setText(problem_text(row.problem))
        self.findings.show_verdict(None if row is None else row.final)

    def show_rules(self) -> None:
        """What fails somewhere can be filtered by, the most frequent first."""
        counts: Counter[str] = Counter()
        for row in self.model.rows:
            verdict = row.final
            failed = () if verdict is None else verdict.of("fails")
            counts.update({finding.rule.rule for finding in failed if finding.rule.rule in RULES})
        chosen = self.filter.currentData()
        while self.filter.count() > len(FILTERS):
            self.filter.removeItem(self.filter.count() - 1)
        if counts:
            self.filter.insertSeparator(len(FILTERS))
        for rule, count in counts.most_common():
            title = translate("Rule", RULES[rule].title)
            self.filter.addItem(
                self.tr("Fails: {rule} ({count})").format(rule=title, count=count), rule
            )
        self.filter.setCurrentIndex(max(0, self.filter.findData(chosen)))

    def _title(self, row: Row) -> str:
        name = preset_names().get(row.preset, row.preset)
        return self.tr("{picture}: {preset}").format(picture=row.source.name, preset=name)

    def _show_wanted(self) -> None:
        chosen = str(self.filter.currentData())
        self.rows.show_only(FILTERS.get(chosen) or partial(_fails, chosen))

    def _activated(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.sum)
        head.addStretch(1)
        head.addWidget(self.filter)
        details = QWidget(self)
        rules = QVBoxLayout(details)
        rules.setContentsMargins(12, 0, 8, 0)
        rules.setSpacing(8)
        for widget in (self.title, self.broken, self.findings):
            rules.addWidget(widget)
        rules.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Rules"))
        area.setWidget(details)
        parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.addWidget(self.table)
        parts.addWidget(area)
        parts.setChildrenCollapsible(False)
        parts.setStretchFactor(0, 1)
        parts.setSizes([600, _DETAILS])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(parts, 1)

    def _filter(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("Show only some rows"))
        for name, text in (
            ("all", self.tr("All rows")), ("fails", self.tr("Fails")),
            ("confirm", self.tr("Please look")), ("passes", self.tr("Passes")),
            ("fixable", self.tr("Can be fixed")), ("fixed", self.tr("Fixed")),
            ("broken", self.tr("Broken")),
        ):  # fmt: skip
            box.addItem(text, name)
        return box


def _fails(rule: str, row: Row) -> bool:
    return fails(row, rule)
