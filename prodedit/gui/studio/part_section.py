# SPDX-License-Identifier: Apache-2.0
"""Tools on the chosen picture: a part made anew, points pulled to where they should be."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from prodedit.gui.panels.section import Choices, in_row, secondary
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.studio.dragger import Dragger
from prodedit.gui.studio.large_picture import LargePicture, PictureTool
from prodedit.gui.studio.line import Line
from prodedit.gui.studio.part_brush import PartBrush
from prodedit.gui.studio.picks import Pick
from prodedit.gui.studio.point_puller import PointPuller
from prodedit.gui.studio.studio import Studio

_NAMES = 92


class PartSection(QWidget):
    """Says what the mouse does on the large picture, and what is then to be done."""

    renew_wanted = Signal()
    """The painted part is to be made anew."""
    refined = Signal(object)
    """A Pick: the picture while its points are pulled."""

    def __init__(
        self, studio: Studio, line: Line, picture: LargePicture, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._studio, self._picture = studio, picture
        self._pick: Pick | None = None
        self.brush, self.puller = PartBrush(self), PointPuller(self)
        self.dragger = Dragger(line, self)
        # Its place is beside the picture.
        self.tools = Choices(
            {
                "look": self.tr("Look"),
                "paint": self.tr("Paint"),
                "pull": self.tr("Pull"),
            },
            1,
            self.tr("On the picture"),
            self,
        )
        self.brush_size = SliderRow(self.tr("Brush"), 2, 60, 20, " %", self, label=_NAMES)
        self.renew = QPushButton(self.tr("Make this part anew"), self)
        self.clear_part = QPushButton(self.tr("Clear"), self)
        self.pull_hint = secondary(
            self.tr("Press on a point of the product and pull it to where it should be."), self
        )
        self.go = QPushButton(self)
        self.clear_points = QPushButton(self.tr("Clear"), self)
        self.only_part = QCheckBox(self.tr("Only the painted part moves"), self)
        self._lay_out()
        self._connect()
        self.tools.show_choice("look")
        self.tools.button("look").setToolTip(self.tr("Only look"))
        self.tools.button("paint").setToolTip(self.tr("Paint over a part of the picture"))
        self.tools.button("pull").setToolTip(self.tr("Pull points of the product"))
        self._show()

    def set_pick(self, pick: Pick | None) -> None:
        """Another picture: what was painted on the last one has no meaning on it."""
        self.dragger.stop()
        self._pick = pick
        self.brush.clear()
        self.puller.clear()
        self._show()

    def move_on(self, pick: Pick) -> None:
        """The same picture, a little different."""
        self._pick = pick

    def _lay_out(self) -> None:
        self._painting, self._pulling = QWidget(self), QWidget(self)
        _fill(self._painting, (self.brush_size,), (self.renew, self.clear_part))
        pulling = (self.pull_hint, self.only_part)
        _fill(self._pulling, pulling, (self.go, self.clear_points))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._painting, self._pulling):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.tools.chosen.connect(self._show)
        self.brush_size.changed.connect(self._size_set)
        self.renew.clicked.connect(self.renew_wanted)
        self.clear_part.clicked.connect(self.brush.clear)
        self.go.clicked.connect(self._start_or_stop)
        self.clear_points.clicked.connect(self.puller.clear)
        self.brush.changed.connect(self._show_buttons)
        self.puller.changed.connect(self._show_buttons)
        self.dragger.moved.connect(self._moved)
        self.dragger.ended.connect(self._show_buttons)
        self._studio.generator_changed.connect(self._show)

    @Slot()
    def _show(self, *_ignored: object) -> None:
        generator = self._studio.generator
        paints = generator is not None and generator.can("repaint")
        pulls = generator is not None and generator.can("drag")
        self.tools.setVisible(paints or pulls)
        for part in (self, self.tools):
            part.setEnabled(self._pick is not None)
        # Where points are pulled a part may be painted that alone moves.
        self.tools.button("paint").setVisible(paints or pulls)
        self.tools.button("pull").setVisible(pulls)
        self.renew.setVisible(paints)
        tool = self.tools.current
        self._painting.setVisible(tool == "paint")
        self._pulling.setVisible(tool == "pull")
        if tool != "pull":
            self.dragger.stop()
        known: dict[str, PictureTool] = {"paint": self.brush, "pull": self.puller}
        self._picture.set_tool(known.get(tool))
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        painted, going = not self.brush.is_empty, self.dragger.is_going
        self.renew.setEnabled(painted)
        self.clear_part.setEnabled(painted)
        self.only_part.setVisible(painted)
        self.go.setText(self.tr("Stop") if going else self.tr("Start"))
        self.go.setEnabled(going or bool(self.puller.handles))
        self.clear_points.setEnabled(not going and bool(self.puller.handles))
        self._picture.update()

    def _size_set(self, size: int) -> None:
        self.brush.size = size
        self._picture.update()

    @Slot()
    def _start_or_stop(self) -> None:
        if self.dragger.is_going:
            self.dragger.stop()
        elif self._pick is not None and self.puller.handles:
            self._studio.remember()
            inputs = self.brush.inputs if self.only_part.isChecked() else {}
            self.dragger.start(self._pick, self.puller.handles, inputs)
        self._show_buttons()

    @Slot(object, object)
    def _moved(self, pick: Pick, handles: object) -> None:
        self.puller.set_handles(handles)  # type: ignore[arg-type]  # a Signal's
        self.refined.emit(pick)


def _fill(box: QWidget, widgets: tuple[QWidget, ...], buttons: tuple[QWidget, ...]) -> None:
    """What one tool needs: below each other, the buttons beside each other."""
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    column.addLayout(in_row(*buttons))
