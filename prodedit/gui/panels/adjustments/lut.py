# SPDX-License-Identifier: Apache-2.0
"""A colour table from a .cube file, by a dialog or dropped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from prodedit.core.adjust.values import Lut
from prodedit.files.cube import read_cube
from prodedit.gui.late import while_there
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate

SUFFIX = ".cube"


class LutSection(AdjustmentSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.value: Lut | None = None
        self._shown_for = 0
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        another = QPushButton(self.tr("Choose another…"), self)
        another.clicked.connect(self.choose)
        self.strength = SliderRow(self.tr("Strength"), 0, 100, 100, " %", self, above=True)
        self.strength.changed.connect(lambda percent: self._strength(percent, done=False))
        self.strength.finished.connect(lambda percent: self._strength(percent, done=True))
        hint = QLabel(self.tr("A .cube file can also be dropped here."), self)
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        self.add(self.told, another, self.strength, hint)
        self.setAcceptDrops(True)

    def show_value(self, adjustment: Lut) -> None:
        self.value = adjustment
        text = self.tr("{name}, {size} colours a side")
        self.told.setText(text.format(name=adjustment.name, size=adjustment.size))
        self.strength.set_value(adjustment.strength * 100)

    def leave(self) -> None:
        self._shown_for += 1

    def choose(self) -> None:
        ask_for_table(self, self.read)

    def read(self, path: Path) -> None:
        """Put the table in the file at `path` in place of this one."""
        errand = self.around.run(partial(read_cube, path))
        errand.done.connect(while_there(self, self._take, self._shown_for))
        errand.failed.connect(self.around.tell)

    def _take(self, shown_for: int, table: Lut) -> None:
        if shown_for == self._shown_for and self.value is not None:
            table = msgspec.structs.replace(table, strength=self.value.strength)
            self.show_value(table)
            self.settled.emit(table, "cube")

    def _strength(self, percent: float, *, done: bool) -> None:
        if self.value is None:
            return
        value = msgspec.structs.replace(self.value, strength=percent / 100)
        if done:
            self.value = value
            self.settled.emit(value, "strength")
        else:
            self.previewed.emit(value)

    # Qt's own names

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_table(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_table(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.read(path)


def dropped_table(data: QMimeData) -> Path | None:
    """The .cube file that is dragged here, alone."""
    urls = data.urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() == SUFFIX else None


def ask_for_table(parent: QWidget, take: Callable[[Path], None]) -> None:
    """A dialog that blocks nothing; `take` is called with the file that was chosen."""
    dialog = QFileDialog(parent, translate("Adjust", "Choose a colour table"))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(translate("Adjust", "Colour tables (*.cube)"))
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
