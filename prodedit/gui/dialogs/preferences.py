# SPDX-License-Identifier: Apache-2.0
"""Preferences: what changes how the program looks and what it may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import Problem
from prodedit.editing.belongings import SUFFIX
from prodedit.editing.settings import Settings
from prodedit.editing.workspace import Workspace
from prodedit.files.versions import MOST
from prodedit.gui.dialogs.carrying import CarryDialog
from prodedit.gui.gpu.desk import GpuDesk
from prodedit.gui.gpu.row import GpuRow
from prodedit.gui.monitor_colours import AS_SYSTEM, NONE, read_profile, to_monitor
from prodedit.gui.panels.section import in_row
from prodedit.gui.translation import problem_text


class Preferences(QDialog):
    """Every choice is remembered; colours change at once, the rest at the next start."""

    def __init__(self, workspace: Workspace, gpu: GpuDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Colours"), self._choice("theme", self._themes()))
        form.addRow(self.tr("Language"), self._choice("language", self._languages()))
        self.monitor = self._monitor()
        form.addRow(self.tr("Monitor"), self.monitor)
        form.addRow(self.tr("Computing"), self._choice("device", self._devices()))
        form.addRow(self.tr("Graphics card"), GpuRow(gpu, self))
        form.addRow(self.tr("Processors used"), self._threads())
        form.addRow(self.tr("Memory for undo"), self._undo_memory())
        form.addRow(self.tr("Earlier versions kept"), self._versions())
        self.take_along = self._button(self.tr("Take along…"), self._take_along)
        self.bring_in = self._button(self.tr("Bring in…"), self._bring_in)
        form.addRow(self.tr("Another computer"), in_row(self.take_along, self.bring_in))
        hint = QLabel(self.tr("Language, computing and memory change at the next start."), self)
        hint.setProperty("role", "secondary")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(buttons)

    def _themes(self) -> dict[str, str]:
        return {
            "system": self.tr("As the system"),
            "dark": self.tr("Dark"),
            "light": self.tr("Light"),
        }

    def _languages(self) -> dict[str, str]:
        return {"system": self.tr("As the system"), "en": "English", "zh_CN": "简体中文"}

    def _devices(self) -> dict[str, str]:
        return {"auto": self.tr("Graphics card if there is one"), "cpu": self.tr("Processor only")}

    def _choice(self, name: str, texts: dict[str, str]) -> QComboBox:
        box = QComboBox(self)
        for value, text in texts.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(getattr(self._workspace.settings, name))))
        box.currentIndexChanged.connect(
            lambda: self._workspace.change_settings(**{name: box.currentData()})
        )
        return box

    def _versions(self) -> QSpinBox:
        box = QSpinBox(self)
        box.lineEdit().setTextMargins(4, 0, 0, 0)
        box.lineEdit().setAccessibleName(self.tr("Earlier versions kept"))
        box.setRange(0, MOST)
        box.setSpecialValueText(self.tr("None"))
        box.setValue(self._workspace.settings.versions)
        box.valueChanged.connect(lambda value: self._workspace.change_settings(versions=value))
        box.setToolTip(self.tr("Of each project, beside its file, with the ending .bak"))
        return box

    def _monitor(self) -> QComboBox:
        """By which profile colours are shown; a file is asked for when that is chosen."""
        chosen = self._workspace.settings.monitor
        box = QComboBox(self)
        box.addItem(self.tr("As the system says"), AS_SYSTEM)
        box.addItem(self.tr("Colours as they are"), NONE)
        if box.findData(chosen) < 0:
            box.addItem(Path(chosen).name, chosen)
        box.setCurrentIndex(box.findData(chosen))
        box.addItem(self.tr("By a profile…"), "")
        box.activated.connect(self._monitor_chosen)
        return box

    def _monitor_chosen(self) -> None:
        box, kind = self.monitor, self.tr("Colour profiles") + " (*.icc *.icm)"
        chosen = box.currentData()
        if not chosen:
            chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Monitor"), "", kind)
            if chosen and to_monitor(read_profile(Path(chosen))) is None:
                text = self.tr("“{name}” is no profile of a monitor, or is sRGB, which needs none.")
                told = text.replace("{name}", Path(chosen).name)
                QMessageBox.information(self, self.windowTitle(), told)
                chosen = ""
            if chosen:
                box.insertItem(2, Path(chosen).name, chosen)
            box.setCurrentIndex(box.findData(chosen or self._workspace.settings.monitor))
        if chosen:
            self._workspace.change_settings(monitor=chosen)

    def _button(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _take_along(self) -> None:
        CarryDialog.taking(self._workspace, self).open()

    def _bring_in(self) -> None:
        kind = self.tr("ProdEdit for another computer") + f" (*{SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Bring in"), str(Path.home()), kind)
        if not chosen:
            return
        try:
            bringing = CarryDialog.bringing(self._workspace, Path(chosen), self)
        except Problem as problem:
            QMessageBox.warning(self, self.windowTitle(), problem_text(problem))
            return
        bringing.finished.connect(partial(self._brought_in, self._workspace.settings))
        bringing.open()

    def _brought_in(self, before: Settings, _result: int) -> None:
        if self._workspace.settings is not before:
            self.accept()  # what is shown here is no longer so

    def _threads(self) -> QSpinBox:
        box = QSpinBox(self)
        box.lineEdit().setTextMargins(4, 0, 0, 0)
        box.lineEdit().setAccessibleName(self.tr("Processors used"))
        box.setRange(0, os.cpu_count() or 1)
        box.setSpecialValueText(self.tr("All there are"))
        box.setValue(self._workspace.settings.threads)
        box.valueChanged.connect(lambda value: self._workspace.change_settings(threads=value))
        return box

    def _undo_memory(self) -> QSpinBox:
        box = QSpinBox(self)
        box.lineEdit().setTextMargins(4, 0, 0, 0)
        box.lineEdit().setAccessibleName(self.tr("Memory for undo"))
        box.setRange(0, 64 * 1024)
        box.setSingleStep(256)
        box.setSuffix(self.tr(" MB"))
        box.setSpecialValueText(self.tr("A quarter of the memory"))
        box.setValue(self._workspace.settings.undo_megabytes)
        box.valueChanged.connect(
            lambda value: self._workspace.change_settings(undo_megabytes=value)
        )
        return box
