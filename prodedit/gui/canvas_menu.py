# SPDX-License-Identifier: Apache-2.0
"""What a right click on the canvas offers: the layers that show there, and what is done to them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from prodedit.core.geometry import Point
from prodedit.gui.actions import Actions
from prodedit.gui.document_view import DocumentView
from prodedit.render.layers_here import layers_here

_SELECTED = (
    ("deselect", "invert_selection", "feather_selection", "mask_from_selection"),
    ("cut", "copy", "copy_merged", "duplicate", "via_cut", "fill"),
)
_ALL = (
    ("copy", "paste", "paste_in_place"),
    ("select_all", "reselect", "select_product"),
)
_LAYER = (("transform", "duplicate", "delete", "show_layer"), ("zoom_fit", "zoom_full"))
MOST_LAYERS = 12


class CanvasMenu(QObject):
    """Of one view. A tool that takes the right click for itself comes before it."""

    def __init__(self, view: DocumentView, actions: Actions) -> None:
        super().__init__(view)
        self._view, self._actions = view, actions
        view.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.canvas.customContextMenuRequested.connect(self._show)

    def menu(self, place: QPoint) -> QMenu:
        """For a place on the canvas, in widget units."""
        session, canvas = self._view.session, self._view.canvas
        menu = QMenu(canvas)
        point = canvas.viewport.to_document(Point(place.x(), place.y()))
        for layer in layers_here(session.document, point)[:MOST_LAYERS]:
            choose = partial(session.choose, (layer.id,), layer.id)
            action = menu.addAction(layer.name.replace("&", "&&"), choose)
            action.setCheckable(True)
            action.setChecked(layer.id == session.active_id)
        first = _ALL if session.document.selection is None else _SELECTED
        for group in (*first, *_LAYER):
            menu.addSeparator()
            for action_id in group:
                if self._actions[action_id].isEnabled():
                    menu.addAction(self._actions[action_id])
        return menu

    def _show(self, place: QPoint) -> None:
        menu = self.menu(place)
        menu.exec(self._view.canvas.mapToGlobal(place))
        menu.deleteLater()
