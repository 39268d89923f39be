# SPDX-License-Identifier: Apache-2.0
"""Remove background: a small preview, Fast or Best, the button, and how sure the result is."""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine import replay
from prodedit.engine.results import Result
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.late import while_there
from prodedit.gui.looking import Looking
from prodedit.gui.panels.section import Choices, Section
from prodedit.gui.panels.task_row import TaskRow
from prodedit.gui.panels.thumbnails import sampled
from prodedit.gui.style_sheet import RADIUS
from prodedit.gui.theme import palette_now, qcolor
from prodedit.gui.trial import reduced
from prodedit.render.compositor import Compositor
from prodedit.render.images import image_of

MODELS = {"fast": "u2net", "best": "auto"}
GOOD, FAIR = 0.9, 0.7
_PREVIEW = (108, 124)
"""Width and height in the panel."""
_PREVIEW_SIDE = 320
_PREVIEW_DELAY = 400
"""Milliseconds after a picture came up: not while somebody only leafs through them."""
_REFRESH_DELAY = 150


class CutoutSection(Section):
    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._workspace = workspace
        self._session: EditSession | None = None
        self._looking = Looking(workspace, _PREVIEW_DELAY, self._ask_for_preview, self)
        self._looking.overtaken.connect(self._document_changed)
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_DELAY)
        self._refresh.timeout.connect(self._ask_for_picture)
        self.preview = PreviewPicture(self)
        self.preview.setFixedSize(*_PREVIEW)
        self.choices = Choices(
            {"fast": self.tr("Fast"), "best": self.tr("Best")}, 2, self.tr("Quality"), self
        )
        self.choices.show_choice("best" if workspace.settings.cutout_model == "auto" else "fast")
        self.choices.chosen.connect(self._model_chosen)
        self.row = TaskRow(self.tr("Remove background"), RemoveBackground, self)
        self.row.button.setToolTip(self.tr("Cut the product out (Ctrl+Alt+1)"))
        self.row.wanted.connect(self._begin)
        self.row.ended.connect(self._show_state)
        self._lay_out()
        self._show_state()

    @property
    def button(self) -> QPushButton:
        return self.row.button

    def set_session(self, session: EditSession | None) -> None:
        self._session = session
        self.row.set_session(session)
        self._looking.set_session(session)
        self._document_changed()

    def task(self) -> RemoveBackground:
        """What the button would do."""
        return RemoveBackground(model=MODELS[self.choices.current or "best"])

    def _lay_out(self) -> None:
        """The preview stands beside the button, so that the sections below are seen, too, on a
        screen of 768 pixels, and nothing moves when the result is there."""
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.choices)
        side.addWidget(self.row)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)
        self.column.addLayout(row)

    def _model_chosen(self, choice: str) -> None:
        self._workspace.change_settings(cutout_model=MODELS[choice])

    def _begin(self) -> None:
        if self._session is not None:
            self._session.submit(self.task())

    # What the session does -> what is shown

    @property
    def _layer(self) -> Layer | None:
        return None if self._session is None else self._session.active_layer

    @Slot()
    def _document_changed(self) -> None:
        self._looking.stop()
        layer = self._layer
        if layer is None or layer.tiles is None:
            self.preview.show_image(None)
        elif layer.mask is not None:
            self._refresh.start()
        else:
            self.preview.show_image(image_of(sampled(layer.tiles)))
            self._looking.rest()
        self._show_state()

    @Slot()
    def _show_state(self, *_ignored: object) -> None:
        layer = self._layer
        self.row.button.setEnabled(layer is not None and layer.tiles is not None)
        if not self.row.is_busy:
            self.row.tell(self._verdict(layer))

    def _verdict(self, layer: Layer | None) -> str:
        score = None if layer is None or layer.mask is None else layer.mask.score
        if score is None:
            return ""
        percent = round(score * 100)
        if score >= GOOD:
            return self.tr("The cut-out looks good ({percent} % sure).").format(percent=percent)
        if score >= FAIR:
            text = self.tr("Have a look at the edges ({percent} % sure).")
            return text.format(percent=percent)
        text = self.tr("The product was hard to tell from its background ({percent} % sure).")
        return text.format(percent=percent)

    def _ask_for_picture(self) -> None:
        if self._session is not None and self.isVisible():
            document = self._session.document
            errand = self._workspace.run(partial(small_picture, document), optional=True)
            errand.done.connect(while_there(self, self._show_picture, document))

    def _show_picture(self, document: Document, image: QImage) -> None:
        if self._session is not None and self._session.document is document:
            self.preview.show_image(image)

    # The preview: the same task on a small copy

    def _ask_for_preview(self) -> None:
        layer = self._layer
        if layer is not None and layer.tiles is not None and self.isVisible():
            self._looking.work(partial(_small_copy, layer.tiles), self._look_at)

    def _look_at(self, document: Document) -> None:
        see = partial(self._show_preview, document)
        self._looking.look(RemoveBackground(model=MODELS["fast"]), document, {}, see)

    def _show_preview(self, document: Document, result: Result) -> None:
        edit, inputs = replay.edit_for(result, RemoveBackground(), PREVIEW)
        self.preview.show_image(small_picture(edits.apply(document, edit, inputs)))


class PreviewPicture(QWidget):
    """A picture fitted into its place, on a checkerboard where it is transparent; the place is
    kept while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setAccessibleName(self.tr("Preview"))

    def show_image(self, image: QImage | None) -> None:
        self._image = None if image is None else image.copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            self._paint_empty()
            return
        ratio = self.devicePixelRatioF()
        target = QSize(round(self.width() * ratio), round(self.height() * ratio))
        fitted = self._image.scaled(
            target, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        width, height = round(fitted.width() / ratio), round(fitted.height() / ratio)
        x, y = (self.width() - width) // 2, (self.height() - height) // 2
        painter = QPainter(self)
        painter.fillRect(x, y, width, height, qcolor(palette_now().checker_light))
        dark = qcolor(palette_now().checker_dark)
        for row in range(0, height, 8):
            for column in range(row % 16, width, 16):
                cell = (x + column, y + row, min(8, width - column), min(8, height - row))
                painter.fillRect(*cell, dark)
        painter.drawImage(x, y, fitted)
        painter.setPen(qcolor(palette_now().border))
        painter.drawRect(x, y, width - 1, height - 1)

    def _paint_empty(self) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(qcolor(palette_now().border))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def small_picture(document: Document) -> QImage:
    """The whole picture, small."""
    merged = Compositor().merged(document)
    size = document.size.fit(_PREVIEW_SIDE)
    small: NDArray[np.uint8] = np.asarray(
        cv2.resize(merged, tuple(size), interpolation=cv2.INTER_AREA), np.uint8
    )
    return image_of(small).copy()


def _small_copy(tiles: Tiles) -> Document:
    """The picture with few pixels; to be called away from the window's thread."""
    small = reduced(tiles, tiles.size.fit(_PREVIEW_SIDE * 2))
    return Document(small.size, (Layer(PREVIEW, "", PixelContent(small)),))
