# SPDX-License-Identifier: Apache-2.0
"""Every key that does something, and which keys a person wants instead."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.editing.key_choice import KeyChoice
from prodedit.editing.workspace import Workspace
from prodedit.gui.actions import entries, key_text, tooltip
from prodedit.gui.key_map import FIXED, TOOL, KeyMap, plain, schemes
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.style_sheet import set_role
from prodedit.gui.tools import TOOLS
from prodedit.gui.tools.tool import translated
from prodedit.gui.translation import translate

_COMMAND = Qt.ItemDataRole.UserRole
_PRESS = QT_TRANSLATE_NOOP("KeyList", "Ctrl and a click on its picture")


class _Row(NamedTuple):
    """`command` "": the canvas' own key, which stays."""

    command: str
    title: str
    keys: str


class KeyList(QDialog):
    """Changes are in force at once and remembered."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._workspace = workspace
        self._map = KeyMap(self._choice)
        self.schemes = QComboBox(self)
        self.schemes.setAccessibleName(self.tr("Keys as in"))
        for scheme, its in schemes().items():
            self.schemes.addItem(its.title, scheme)
        self.schemes.setCurrentIndex(self.schemes.findData(self._choice.scheme))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.search.placeholderText())
        self.table = self._made_table()
        self.wanted = QKeySequenceEdit(self)
        self.wanted.setMaximumSequenceLength(1)
        self.wanted.setAccessibleName(self.tr("New key"))
        for line in self.wanted.findChildren(QLineEdit):
            line.setAccessibleName(self.wanted.accessibleName())
        self.use = self._button(self.tr("Use this key"))
        self.none = self._button(self.tr("No key"))
        self.usual = self._button("")
        self.all_usual = self._button("")
        self.told = secondary("", self)
        self._lay_out()
        self._fill()
        self.schemes.currentIndexChanged.connect(self._follow_scheme)
        self.search.textChanged.connect(self._find)
        self.table.currentCellChanged.connect(self._chosen)
        self.wanted.keySequenceChanged.connect(self._tell)
        self.use.clicked.connect(lambda: self._change(self._choice.having(self.command, self.key)))
        self.none.clicked.connect(lambda: self._change(self._choice.having(self.command, ())))
        self.usual.clicked.connect(lambda: self._change(self._choice.without(self.command)))
        self.all_usual.clicked.connect(lambda: self._change(KeyChoice(scheme=self._choice.scheme)))
        self.table.setCurrentCell(0, 0)
        self._chosen()
        self.resize(560, 620)

    @property
    def command(self) -> str:
        """The row's that is chosen; "" for none, or one that can't be changed."""
        item = self.table.item(self.table.currentRow(), 0)
        return "" if item is None else str(item.data(_COMMAND))

    @property
    def key(self) -> tuple[str, ...]:
        """What was pressed for it; () for nothing."""
        pressed = self.wanted.keySequence()
        return () if pressed.isEmpty() else (plain(pressed.toString()),)

    @property
    def _choice(self) -> KeyChoice:
        return self._workspace.settings.keys

    # Building

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(0, 2, self)
        table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setAccessibleName(self.tr("Keys"))
        return table

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        as_in = QLabel(self.tr("Keys as in"), self)
        as_in.setBuddy(self.schemes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.all_usual)
        foot.addStretch(1)
        foot.addWidget(buttons)
        top = in_row(as_in, self.schemes, self.search)
        top.setStretchFactor(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(in_row(self.wanted, self.use, self.none, self.usual))
        column.addWidget(self.told)
        column.addLayout(foot)

    # What happens

    def _fill(self) -> None:
        rows = _rows(self._map)
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for place, text in enumerate((row.title, row.keys)):
                item = QTableWidgetItem(text)
                item.setData(_COMMAND, row.command)
                item.setToolTip("" if row.command else self.tr("This key can't be changed."))
                self.table.setItem(number, place, item)
        for number in range(len(rows)):
            self.table.setRowHidden(number, False)  # what is hidden does not count for the width
        self.table.resizeColumnToContents(0)
        self._find(self.search.text())

    def _find(self, text: str) -> None:
        words = text.lower().split()
        for number in range(self.table.rowCount()):
            cells = (self.table.item(number, place) for place in (0, 1))
            said = " ".join(cell.text().lower() for cell in cells if cell is not None)
            self.table.setRowHidden(number, not all(word in said for word in words))

    def _chosen(self, *_ignored: object) -> None:
        self.wanted.clear()
        self._tell()

    def _tell(self, *_ignored: object) -> None:
        """What may be done now, and what it would mean."""
        scheme = schemes()[self._choice.scheme].title
        self.usual.setText(self.tr("As in {scheme}").replace("{scheme}", scheme))
        self.all_usual.setText(self.tr("All as in {scheme}").replace("{scheme}", scheme))
        command, key = self.command, self.key
        may = bool(command)
        self.wanted.setEnabled(may)
        self.use.setEnabled(may and bool(key) and key[0] not in FIXED)
        self.none.setEnabled(may and bool(self._map[command]))
        self.usual.setEnabled(may and self._map[command] != self._map.of_scheme(command))
        self.all_usual.setEnabled(bool(self._choice.own))
        problem = bool(key) and key[0] in FIXED
        self.told.setText(self._said(command, key))
        set_role(self.told, "error" if problem else "secondary")

    def _said(self, command: str, key: tuple[str, ...]) -> str:
        if not command:
            return self.tr("This key can't be changed.")
        if not key:
            return self.tr("Click into the field and press the new key.")
        if key[0] in FIXED:
            return self.tr("The canvas itself needs {key}. Choose another key.").replace(
                "{key}", key_text(key[0])
            )
        losing = [_title(one) for one in self._map.whose(key[0]) if one != command]
        if not losing:
            return ""
        text = self.tr("{key} belongs to “{others}” now, which would lose it.")
        return text.replace("{key}", key_text(key[0])).replace("{others}", ", ".join(losing))

    def _follow_scheme(self) -> None:
        self._change(KeyChoice(self.schemes.currentData(), self._choice.own))

    def _change(self, choice: KeyChoice) -> None:
        self._workspace.change_settings(keys=choice)
        self._map = KeyMap(choice)
        self._fill()
        self._chosen()


def _title(command: str) -> str:
    if command.startswith(TOOL):
        return translated(TOOLS[command.removeprefix(TOOL)].title)
    text = next(entry.text for entry in entries() if entry.id == command)
    return tooltip(translate("Action", text), ())


def _rows(keys: KeyMap) -> list[_Row]:
    tools = [TOOL + tool_id for tool_id in TOOLS]
    given = [entry.id for entry in entries()]
    fixed = (
        (translate("KeyList", "Move the picture"), translate("KeyList", "Space and drag")),
        (translate("KeyList", "Zoom to the pointer"), translate("KeyList", "Ctrl and wheel")),
        (translate("KeyList", "The photo as it was, while held"), "`"),
        (translate("KeyList", "Stop the job"), "Esc"),
        (translate("KeyList", "Opacity of the layers"), "1 – 9, 0"),
        (translate("KeyList", "Blend mode"), translate("KeyList", "Shift+Alt and a letter")),
        (translate("KeyList", "Select what a layer shows"), translate("KeyList", _PRESS)),
    )
    changeable = [
        _Row(command, _title(command), ", ".join(map(key_text, keys[command])))
        for command in (*tools, *given)
    ]
    return [*changeable, *(_Row("", *texts) for texts in fixed)]
