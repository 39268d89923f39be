# SPDX-License-Identifier: Apache-2.0
"""The right side: one task panel at a time over the layers, and the rail that chooses it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.theme import Palette

MARGIN = 12
"""At the right of every panel, as wide as a scroll bar."""


class PanelEntry(NamedTuple):
    """`id` for the program; `title` translated; `icon` a name in resources/icons."""

    id: str
    title: str
    icon: str
    widget: QWidget
    foot: QWidget | None = None
    """Stays below the panel while that scrolls: what it is for must always be in sight."""


class SideRail(QWidget):
    """Clicking the icon of the panel that is open folds it away, and again brings it back."""

    chosen = Signal(str)
    """The id of the panel that is open now."""

    def __init__(
        self,
        panels: tuple[PanelEntry, ...],
        layers: QWidget,
        palette: Palette,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.panels = QStackedWidget(self)
        self._places = {panel.id: number for number, panel in enumerate(panels)}
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.panels)
        self.splitter.addWidget(layers)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.reset()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.splitter, 1)
        self.rail = self._rail(panels, palette)
        row.addWidget(self.rail)
        self.open(panels[0].id)

    @property
    def open_id(self) -> str:
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def open(self, panel_id: str) -> None:
        self._buttons[panel_id].setChecked(True)
        self.panels.setCurrentIndex(self._places[panel_id])
        self.panels.show()
        self.chosen.emit(panel_id)

    @property
    def heights(self) -> tuple[int, ...]:
        """Of the open panel and of the layers; empty while the panel is folded away."""
        return tuple(self.splitter.sizes()) if self.panels.isVisible() else ()

    def set_heights(self, heights: tuple[int, ...]) -> None:
        """As they were left."""
        if len(heights) == 2 and min(heights) > 0:
            self.splitter.setSizes(list(heights))

    def reset(self) -> None:
        """The panel as high as it was at first."""
        self.panels.show()
        self.splitter.setSizes([480, 190])

    def _clicked(self, panel_id: str) -> None:
        if self.panels.currentIndex() == self._places[panel_id] and self.panels.isVisible():
            self.panels.hide()
            return
        self.open(panel_id)

    def _rail(self, panels: tuple[PanelEntry, ...], palette: Palette) -> QWidget:
        rail = QWidget(self)
        rail.setAccessibleName(self.tr("Panels"))
        column = QVBoxLayout(rail)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for panel in panels:
            self.panels.addWidget(_framed(panel))
            column.addWidget(self._button(panel, palette))
        column.addStretch(1)
        return rail

    def _button(self, panel: PanelEntry, palette: Palette) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        button.setToolTip(panel.title)
        button.setAccessibleName(panel.title)
        set_icon(button, panel.icon, palette)
        button.clicked.connect(lambda: self._clicked(panel.id))
        self._group.addButton(button)
        self._buttons[panel.id] = button
        return button


class WheelGuard(QObject):
    """Scrolling a panel must not change a field that happens to pass under the pointer: the wheel
    steps only the field that has the focus."""

    def watch(self, field: QWidget) -> None:
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    # Qt's own names

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        wheel = event.type() == QEvent.Type.Wheel
        if wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _framed(panel: PanelEntry) -> QWidget:
    """Title above, the panel below, scrolling where the window is too low for it."""
    frame = QWidget()
    frame.setProperty("role", "panel")
    title = QLabel(panel.title, frame)
    title.setProperty("role", "heading")
    scroll = QScrollArea(frame)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the focus of what it holds
    scroll.setAccessibleName(panel.title)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(panel.widget)
    scroll.verticalScrollBar().rangeChanged.connect(partial(_keep_width, panel.widget))
    guard = WheelGuard(scroll)
    for kind in (QComboBox, QAbstractSpinBox, QSlider):
        for field in panel.widget.findChildren(kind):
            guard.watch(field)
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 8, 4, 0)
    column.setSpacing(4)
    column.addWidget(title)
    column.addWidget(scroll, 1)
    if panel.foot is not None:
        column.addWidget(panel.foot)
    return frame


def _keep_width(panel: QWidget, _least: int, most: int) -> None:
    """A scroll bar takes the panel's margin, so that nothing moves when it comes or goes."""
    layout = panel.layout()
    if layout is not None:
        margins = layout.contentsMargins()
        margins.setRight(0 if most else MARGIN)
        layout.setContentsMargins(margins)
