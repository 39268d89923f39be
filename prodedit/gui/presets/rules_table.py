# SPDX-License-Identifier: Apache-2.0
"""What a preset demands, as a table that can be changed: values, weight, which rules there are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.check.file_measures import (
    ENDINGS,
    FITS,
    FITS_NOT,
    OTHER,
    SRGB,
    UNTAGGED,
)
from prodedit.core.presets import OWN, QUESTIONS, RULES, Ask, Demand, OneOf, Unit, Window
from prodedit.engine.preset_changes import own_rule
from prodedit.gui.panels.section import in_row
from prodedit.gui.presets.words import check_words

RULE, LOW, HIGH, MUST, SOURCE = range(5)
_UNITS: Mapping[Unit, tuple[str, float]] = MappingProxyType(
    {
        "": ("", 1.0),
        "px": ("px", 1.0),
        "MP": ("MP", 1.0),
        "bytes": ("KB", 1e-3),
        "share": ("%", 100.0),
        "dpi": ("dpi", 1.0),
        "levels": ("", 1.0),
    }
)
"""How numbers are typed: unit, and times as large as they are kept."""
_WORDS = {
    "format": ("JPEG", "PNG", "WebP"), "suffix": ("fits",), "mode": ("RGB",),
    "profile": ("sRGB", "none"), "alpha": ("opaque",),
}  # fmt: skip
"""What a new rule about words demands at first; of others, nothing is known to propose."""
_KNOWN = {
    "format": tuple(ENDINGS),
    "suffix": (FITS, FITS_NOT),
    "profile": (SRGB, UNTAGGED, OTHER),
    "alpha": ("opaque", "transparent"),
    "name": ("GTIN", "ASIN", OTHER),
}
"""All that can be measured; of other rules that is not known."""
_ADDED = {"source": OWN, "date": "2026", "confidence": "memory"}


class RulesTable(QWidget):
    changed = Signal(object)
    """All rules, as a person wants them."""
    refused = Signal(str)
    """One sentence about what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Demand, ...] = ()
        self._is_editable = False
        self.table = QTableWidget(0, 5, self)
        self.table.setAccessibleName(self.tr("Rules"))
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Rule"),
                self.tr("At least"),
                self.tr("At most"),
                self.tr("Must"),
                self.tr("Source"),
            ]
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, width in {LOW: 100, HIGH: 100, MUST: 64, SOURCE: 184}.items():
            self.table.setColumnWidth(place, width)
        header.setSectionResizeMode(RULE, QHeaderView.ResizeMode.Stretch)
        self.more = QComboBox(self)
        self.more.setAccessibleName(self.tr("Add a rule"))
        self.remove = QPushButton(self.tr("Remove rule"), self)
        self.remove.setAutoDefault(False)
        buttons = in_row(self.more, self.remove)
        buttons.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.table.itemChanged.connect(self._item_changed)
        self.more.activated.connect(self._add)
        self.remove.clicked.connect(self._remove)

    def show_rules(self, rules: tuple[Demand, ...], *, editable: bool) -> None:
        self._rules, self._is_editable = rules, editable
        row = self.table.currentRow()
        blocked = self.table.blockSignals(True)
        self.table.setRowCount(len(rules))
        for number, rule in enumerate(rules):
            for column, item in enumerate(self._items(rule)):
                self.table.setItem(number, column, item)
        self.table.blockSignals(blocked)
        if rules:
            self.table.setCurrentCell(min(max(0, row), len(rules) - 1), RULE)
        self._show_more()
        self.more.setEnabled(editable)
        self.remove.setEnabled(editable and bool(rules))

    def _items(self, rule: Demand) -> list[QTableWidgetItem]:
        words = check_words()
        low, high = _typed(rule)
        texts = (words.title(rule), low, high, "", words.source(rule))
        items = [QTableWidgetItem(text) for text in texts]
        for column, item in enumerate(items):
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(texts[column])
            is_value = column == LOW or (column == HIGH and isinstance(rule, Window))
            if self._is_editable and is_value and not isinstance(rule, Ask):
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        state = Qt.CheckState.Checked if rule.weight == "must" else Qt.CheckState.Unchecked
        items[MUST].setCheckState(state)
        if self._is_editable:
            items[MUST].setFlags(items[MUST].flags() | Qt.ItemFlag.ItemIsUserCheckable)
        return items

    def _show_more(self) -> None:
        """What is not demanded yet."""
        there = {rule.rule for rule in self._rules}
        words = check_words()
        self.more.clear()
        self.more.addItem(self.tr("Add a rule…"), None)
        for name, measured in RULES.items():
            if name not in there and (not measured.is_word or name in _WORDS):
                rule: Demand = Window(rule=name, **_ADDED)  # type: ignore[arg-type]
                if measured.is_word:
                    rule = OneOf(rule=name, among=_WORDS[name], **_ADDED)  # type: ignore[arg-type]
                self.more.addItem(words.title(rule), rule)
        for name in QUESTIONS:
            if name not in there:
                ask = Ask(rule=name, **_ADDED)  # type: ignore[arg-type]
                self.more.addItem(words.title(ask), ask)

    def _add(self, row: int) -> None:
        rule = self.more.itemData(row)
        if rule is not None:
            self.changed.emit((*self._rules, own_rule(rule)))
            self.table.setCurrentCell(self.table.rowCount() - 1, RULE)
            self.table.scrollToBottom()

    def _remove(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._rules):
            self.changed.emit((*self._rules[:row], *self._rules[row + 1 :]))

    def _item_changed(self, item: QTableWidgetItem) -> None:
        row, rule = item.row(), self._rules[item.row()]
        if item.column() == MUST:
            is_must = item.checkState() == Qt.CheckState.Checked
            new = msgspec.structs.replace(rule, weight="must" if is_must else "advice")
        else:
            changed = self._with_text(rule, item)
            if changed is None:
                self.show_rules(self._rules, editable=self._is_editable)
                return
            new = changed
        if new != rule:
            self.changed.emit((*self._rules[:row], own_rule(new), *self._rules[row + 1 :]))

    def _with_text(self, rule: Demand, item: QTableWidgetItem) -> Demand | None:
        """What was typed, in place; None where it is none, which is told."""
        text = item.text().strip()
        if isinstance(rule, OneOf):
            among = tuple(
                word.strip() for word in text.replace("，", ",").split(",") if word.strip()
            )
            if not among:
                self.refused.emit(self.tr("Name at least one word, such as JPEG."))
                return None
            known = _KNOWN.get(rule.rule, among)
            strange = next((word for word in among if word not in known), None)
            if strange is not None:
                told = self.tr("“{word}” is not known here. There are: {known}.")
                self.refused.emit(told.format(word=strange, known=", ".join(known)))
                return None
            return msgspec.structs.replace(rule, among=among)
        end = "low" if item.column() == LOW else "high"
        try:
            value = _parsed(text, RULES[rule.rule].unit)
        except ValueError:
            told = self.tr("“{text}” is not a number.")
            self.refused.emit(told.format(text=text))
            return None
        same = _typed(rule)[0 if end == "low" else 1] == text
        changed: Demand = rule if same else msgspec.structs.replace(rule, **{end: value})
        return changed


def _typed(rule: Demand) -> tuple[str, str]:
    """The values as they are shown to be changed."""
    if isinstance(rule, OneOf):
        return ", ".join(rule.among), ""
    if isinstance(rule, Ask):
        return "", ""
    name, times = _UNITS[RULES[rule.rule].unit]
    ends = (
        "" if end is None else f"{end * times:.6g} {name}".strip() for end in (rule.low, rule.high)
    )
    low, high = ends
    return low, high


def _parsed(text: str, unit: Unit) -> float | None:
    """None for nothing: no limit. Raises ValueError."""
    name, times = _UNITS[unit]
    bare = text.removesuffix(name).strip().replace(",", ".")
    if not bare:
        return None
    value = float(bare) / times
    if not -1e12 < value < 1e12:
        raise ValueError(text)
    return round(value, 6)
