# SPDX-License-Identifier: Apache-2.0
"""Settings, recipes, generators and networks: along to another computer, or in from one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core.problem import Cancelled, Problem
from prodedit.data_files import data_folder
from prodedit.editing.belongings import (
    SUFFIX,
    Found,
    Part,
    Taken,
    Tell,
    bring_in,
    in_file,
    take_along,
    there,
)
from prodedit.editing.errands import Errands
from prodedit.editing.workspace import Workspace
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.style_sheet import set_role
from prodedit.gui.translation import problem_text, translate

Work = Callable[[Collection[Part], Tell], Taken | None]


class CarryDialog(QDialog):
    """Which parts, then the work itself beside the window's thread."""

    _progressed = Signal(int)

    def __init__(
        self,
        workspace: Workspace,
        found: Mapping[Part, Found],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._errands = Errands("carrying", self)
        self._stop = threading.Event()
        self.boxes = {part: self._box(part, found[part]) for part in found}
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.told = secondary("", self)
        self.told.setMinimumWidth(400)
        self.told.hide()
        self.begin = QPushButton(self)
        self.begin.setDefault(True)
        self.begin.setProperty("look", "primary")
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.clicked.connect(self.reject)
        self._progressed.connect(self.bar.setValue)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 16)
        self._column.setSpacing(12)

    @classmethod
    def taking(cls, workspace: Workspace, parent: QWidget) -> CarryDialog:
        """To a file."""
        dialog = cls(workspace, there(data_folder()), parent)
        dialog.setWindowTitle(translate("CarryDialog", "Take along to another computer"))
        dialog.begin.setText(translate("CarryDialog", "Save…"))
        dialog.begin.clicked.connect(dialog._choose_target)
        dialog._lay_out(
            translate(
                "CarryDialog",
                "All of it goes into one file. Pictures do not, nor does where yours are. Bring "
                "the file in there by these preferences.",
            )
        )
        return dialog

    @classmethod
    def bringing(cls, workspace: Workspace, path: Path, parent: QWidget) -> CarryDialog:
        """From a file. Raises Problem where it is none of these."""
        dialog = cls(workspace, in_file(path), parent)
        dialog.setWindowTitle(translate("CarryDialog", "Bring in from another computer"))
        dialog.begin.setText(translate("CarryDialog", "Bring in"))
        work = partial(bring_in, path, data_folder(), workspace.settings)
        dialog.begin.clicked.connect(lambda: dialog._run(work))
        dialog._lay_out(
            translate(
                "CarryDialog",
                "What is here already stays; what has the same name comes beside it. The "
                "settings take the place of those here.",
            )
        )
        return dialog

    @property
    def parts(self) -> tuple[Part, ...]:
        """Those that are ticked."""
        return tuple(part for part, box in self.boxes.items() if box.isChecked())

    def _box(self, part: Part, found: Found) -> QCheckBox:
        titles: Mapping[Part, str] = {
            "settings": self.tr("Settings and keys"),
            "recipes": self.tr("Own recipes ({count})"),
            "presets": self.tr("Own presets ({count})"),
            "generators": self.tr("Own generators ({count}, {size} MB)"),
            "models": self.tr("Networks ({size} MB)"),
        }
        size = f"{found.bytes / 1e6:,.0f}"
        text = titles[part].replace("{count}", str(found.files)).replace("{size}", size)
        box = QCheckBox(text, self)
        box.setChecked(True)
        box.toggled.connect(lambda: self.begin.setEnabled(bool(self.parts)))
        return box

    def _lay_out(self, sentence: str) -> None:
        text = secondary(sentence, self)
        text.setMinimumWidth(400)
        self._column.addWidget(text)
        for box in self.boxes.values():
            self._column.addWidget(box)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.told)
        buttons = in_row(self.cancel, self.begin)
        buttons.insertStretch(0, 1)
        self._column.addLayout(buttons)

    # The work

    def _choose_target(self) -> None:
        name = str(Path.home() / f"ProdEdit{SUFFIX}")
        kind = self.tr("ProdEdit for another computer") + f" (*{SUFFIX})"
        chosen, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), name, kind)
        if chosen:
            self._run(self._taking(Path(chosen).with_suffix(SUFFIX)))

    def _taking(self, target: Path) -> Work:
        data, settings = data_folder(), self._workspace.settings
        return lambda parts, tell: take_along(target, data, settings, parts, tell)

    def _run(self, work: Work) -> None:
        self._stop.clear()
        for widget in (*self.boxes.values(), self.begin):
            widget.setEnabled(False)
        self.bar.show()
        self.told.hide()
        errand = self._errands.run(partial(work, self.parts, self._tell))
        errand.done.connect(self._done)
        errand.failed.connect(self._failed)

    def _tell(self, share: float) -> None:
        """By the thread that works."""
        if self._stop.is_set():
            raise Cancelled
        self._progressed.emit(round(share * 1000))

    def _done(self, taken: Taken | None) -> None:
        self.bar.hide()
        self.cancel.setText(self.tr("Close"))
        if taken is None:
            self._say(self.tr("It is saved."))
            return
        if taken.settings is not None:
            self._workspace.change_settings(**msgspec.structs.asdict(taken.settings))
        text = self.tr("{new} files are new here, {same} were here already, {beside} lie beside.")
        for name in ("new", "same", "beside"):
            text = text.replace(f"{{{name}}}", str(getattr(taken, name)))
        self._say(text)

    def _failed(self, problem: Problem) -> None:
        self.bar.hide()
        for widget in (*self.boxes.values(), self.begin):
            widget.setEnabled(True)
        self._say(problem_text(problem), role="error")

    def _say(self, text: str, role: str = "secondary") -> None:
        set_role(self.told, role)
        self.told.setText(text)
        self.told.show()

    def done(self, result: int) -> None:
        """Closed: what is under way stops, and leaves nothing half."""
        self._stop.set()
        self._errands.close()
        super().done(result)
