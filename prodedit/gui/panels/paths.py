# SPDX-License-Identifier: Apache-2.0
"""The Paths panel: the document's paths, and what can be made of them and into them."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.edits.paths import TOLERANCE, TOLERANCE_LEAST, TOLERANCE_MOST
from prodedit.core.fill import SolidFill
from prodedit.core.geometry import Transform
from prodedit.core.path import NamedPath, Path
from prodedit.core.shape import PathShape
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.gui.document_view import DocumentView
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.panels.path_eye import PathEye
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.path_overlay import SIDE, path_icon
from prodedit.gui.theme import palette_now
from prodedit.gui.tools import Pen
from prodedit.gui.tools.pen import new_path
from prodedit.gui.tools.placing import above_active
from prodedit.gui.tracing import Tracing, trace

_ROLE = Qt.ItemDataRole.UserRole


class PathsPanel(QWidget):
    """The path that is chosen here is the one that the pen works on."""

    tool_wanted = Signal(str)
    """A tool's id."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._view: DocumentView | None = None
        self._is_filling = False
        self.list = self._list()
        self.empty = secondary(self.tr("Draw a path with the pen (P), or make one below."), self)
        self.new = self._icon_button("plus", self.tr("New path"))
        self.delete = self._icon_button("trash", self.tr("Delete path"))
        self.eye = PathEye(self)
        self.select = QPushButton(self.tr("Select"), self)
        self.select.setToolTip(self.tr("Select what lies inside (Ctrl+Enter with the pen)"))
        self.make_mask = QPushButton(self.tr("Mask"), self)
        self.make_mask.setToolTip(self.tr("Only what lies inside shows of the layer"))
        self.make_shape = QPushButton(self.tr("Shape"), self)
        self.make_shape.setToolTip(self.tr("A new shape layer"))
        self.from_selection = QPushButton(self.tr("From selection"), self)
        self.from_mask = QPushButton(self.tr("From mask"), self)
        self.tolerance = self._tolerance()
        self.clips = QCheckBox(self.tr("Clipping path"), self)
        self._lay_out()
        self._connect()
        self.setEnabled(False)
        self._show()

    @property
    def session(self) -> EditSession | None:
        return None if self._view is None else self._view.session

    @property
    def pen(self) -> Pen | None:
        tool = None if self._view is None else self._view.tool(Pen.id)
        return tool if isinstance(tool, Pen) else None

    def set_view(self, view: DocumentView | None) -> None:
        if self.session is not None and self.pen is not None:
            self.session.changed.disconnect(self._document_changed)
            self.session.active_changed.disconnect(self._show_what_can_be_done)
            self.pen.path_changed.disconnect(self._show)
        self._view = view
        if self.session is not None and self.pen is not None:
            self.session.changed.connect(self._document_changed)
            self.session.active_changed.connect(self._show_what_can_be_done)
            self.pen.path_changed.connect(self._show)
        self.eye.set_view(view)
        self.setEnabled(view is not None)
        self._show()

    # Building

    def _list(self) -> QListWidget:
        list_ = QListWidget(self)
        list_.setIconSize(QSize(SIDE, SIDE))
        list_.setMinimumHeight(2 * (SIDE + 8))
        list_.setAccessibleName(self.tr("Paths"))
        list_.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        return list_

    def _icon_button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        set_icon(button, icon, palette_now())
        button.setFixedSize(TARGET_SIZE)
        button.setIconSize(ICON_SIZE)
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _tolerance(self) -> QDoubleSpinBox:
        number = QDoubleSpinBox(self)
        number.setRange(TOLERANCE_LEAST, TOLERANCE_MOST)
        number.setDecimals(1)
        number.setSingleStep(0.1)
        number.setValue(TOLERANCE)
        number.setSuffix(" px")
        number.setAccessibleName(self.tr("How far a new path may miss the edge"))
        number.lineEdit().setAccessibleName(number.accessibleName())
        number.lineEdit().setTextMargins(4, 0, 0, 0)
        number.setToolTip(self.tr("Smaller: closer to the edge, with more points"))
        return number

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        column.addLayout(in_row(self.select, self.make_mask, self.make_shape))
        below = in_row(self.clips, self.eye, self.new, self.delete)
        below.setStretch(0, 1)
        column.addLayout(below)
        told = self.tr("Layout programs cut the exported TIFF or JPEG out along this path.")
        column.addWidget(secondary(told, self))
        column.addLayout(self._making())

    def _making(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        heading = QLabel(self.tr("New path"), self)
        heading.setProperty("role", "heading")
        grid.addWidget(heading, 0, 0)
        grid.addWidget(self.tolerance, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.from_selection, 1, 0)
        grid.addWidget(self.from_mask, 1, 1)
        return grid

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemClicked.connect(lambda _item: self.tool_wanted.emit(Pen.id))
        self.list.itemChanged.connect(self._renamed)
        self.new.clicked.connect(self._add)
        self.delete.clicked.connect(lambda: self._apply(edits.RemovePath(self._path_id)))
        self.select.clicked.connect(lambda: self._apply(edits.SelectPath(self._path_id)))
        self.make_mask.clicked.connect(self._make_mask)
        self.make_shape.clicked.connect(self._make_shape)
        self.from_selection.clicked.connect(self._trace_selection)
        self.from_mask.clicked.connect(self._trace_mask)
        self.clips.clicked.connect(self._set_clipping)

    # Showing

    @property
    def _path_id(self) -> str:
        return "" if self.pen is None else self.pen.path_id

    @property
    def _named(self) -> NamedPath | None:
        return None if self.pen is None else self.pen.named

    def _document_changed(self, before: Document, after: Document, rects: object) -> None:
        if before.paths != after.paths or before.size != after.size:
            self._show()
        else:
            self._show_what_can_be_done()

    @Slot()
    def _show(self) -> None:
        document = None if self.session is None else self.session.document
        paths = () if document is None else document.paths
        self._is_filling = True
        self.list.clear()
        for named in paths:
            assert document is not None
            item = QListWidgetItem(path_icon(named.path, document.size), named.name, self.list)
            item.setData(_ROLE, named.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            font = item.font()
            font.setBold(named.is_clipping)
            item.setFont(font)
            if named.is_clipping:
                item.setToolTip(self.tr("Clipping path"))
            if named.id == self._path_id:
                self.list.setCurrentItem(item)
        self._is_filling = False
        self.empty.setVisible(not paths)
        self._show_what_can_be_done()

    @Slot()
    def _show_what_can_be_done(self, *_ignored: object) -> None:
        session, named = self.session, self._named
        layer = None if session is None else session.active_layer
        drawn = named is not None and bool(named.path.subpaths)
        for button in (self.select, self.make_shape):
            button.setEnabled(drawn)
        self.make_mask.setEnabled(drawn and layer is not None)
        self.delete.setEnabled(named is not None)
        self.clips.setEnabled(drawn)
        self.clips.setChecked(named is not None and named.is_clipping)
        selected = session is not None and session.document.selection is not None
        masked = layer is not None and layer.mask is not None
        self.from_selection.setEnabled(selected)
        self.from_mask.setEnabled(masked)
        reason = "" if selected else self.tr("Select a part of the picture first.")
        self.from_selection.setToolTip(reason)
        self.from_mask.setToolTip("" if masked else self.tr("This layer has no mask."))

    # What the person does -> Edits

    def _apply(self, edit: edits.Edit, text: str = "") -> bool:
        return self.session is not None and self.session.apply(edit, text=text)

    def _chosen(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if not self._is_filling and item is not None and self.pen is not None:
            self.pen.path_changed.disconnect(self._show)  # the list is right as it is
            self.pen.work_on(item.data(_ROLE))
            self.pen.path_changed.connect(self._show)
            self._show_what_can_be_done()

    def _renamed(self, item: QListWidgetItem) -> None:
        if self._is_filling or self.session is None:
            return
        wanted = item.data(_ROLE)
        named = next((one for one in self.session.document.paths if one.id == wanted), None)
        name = item.text().strip()
        if named is None or not name or name == named.name:
            self._show()
            return
        self._apply(edits.SetPath(replace(named, name=name)), self.tr("Rename path"))

    def _add(self) -> None:
        if self.session is None or self.pen is None:
            return
        named = NamedPath(*new_path(self.session.document), Path())
        if self._apply(edits.SetPath(named), self.tr("New path")):
            self.pen.work_on(named.id)
            self.tool_wanted.emit(Pen.id)

    def _set_clipping(self, on: bool) -> None:
        if self._named is not None:
            new = replace(self._named, is_clipping=on)
            self._apply(edits.SetPath(new), self.tr("Clipping path"))

    def _make_mask(self) -> None:
        if self.session is not None:
            self._apply(edits.MaskFromPath(self.session.active_id, self._path_id))

    def _make_shape(self) -> None:
        """A layer in front of the active one, which stays a shape."""
        session, named = self.session, self._named
        if session is None or named is None:
            return
        x, y, _, _ = named.path.bounds
        shape = PathShape(named.path.mapped(Transform(dx=-x, dy=-y)))
        new_id, (parent, index) = session.document.new_id(), above_active(session)
        fill = SolidFill(self._workspace.settings.colours.foreground)
        edit = edits.AddShapeLayer(new_id, named.name, shape, fill, None, x, y, parent, index)
        if session.apply(edit):
            session.activate(new_id)

    def _trace_selection(self) -> None:
        if self.session is not None:
            name = new_path(self.session.document)
            self._trace(edits.PathFromSelection(*name, self.tolerance.value()))

    def _trace_mask(self) -> None:
        session = self.session
        if session is not None:
            name = new_path(session.document)
            self._trace(edits.PathFromMask(session.active_id, *name, self.tolerance.value()))

    def _trace(self, edit: Tracing) -> None:
        if self.pen is not None:
            trace(self._workspace, self.pen, edit, partial(self.tool_wanted.emit, Pen.id))
