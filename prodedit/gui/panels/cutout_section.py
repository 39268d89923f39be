# SPDX-License-Identifier: Apache-2.0
"""Remove background: a small preview, Fast or Best, the button, and how sure the result is."""

from __future__ import annotations

import uuid
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.core import edits
from prodedit.core.document import Document
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.editing.jobs_model import PREVIEW
from prodedit.editing.orders import Order
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.engine import replay
from prodedit.engine.service.jobs import Job, State
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.jobs_bar import job_line
from prodedit.gui.late import while_there
from prodedit.gui.panels.section import Choices, Section
from prodedit.gui.panels.thumbnails import sampled
from prodedit.gui.style_sheet import RADIUS, set_look
from prodedit.gui.theme import palette_now, qcolor
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
        self._preview_order: Order | None = None
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_DELAY)
        self._timer.timeout.connect(self._ask_for_preview)
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_DELAY)
        self._refresh.timeout.connect(self._ask_for_picture)
        self.preview = PreviewPicture(self)
        self.preview.setFixedSize(*_PREVIEW)
        self.choices = Choices(
            {"fast": self.tr("Fast"), "best": self.tr("Best")}, 2, self.tr("Quality"), self
        )
        self.choices.show_choice("best" if workspace.settings.cutout_model == "auto" else "fast")
        self.choices.chosen.connect(self._model_chosen)
        self.button = QPushButton(self.tr("Remove background"), self)
        self.button.setProperty("look", "primary")
        self.button.setToolTip(self.tr("Cut the product out (Ctrl+Alt+1)"))
        self.button.clicked.connect(self._pressed)
        self._told = QLabel(self)
        self._told.setProperty("role", "secondary")
        self._told.setWordWrap(True)
        self._bar = self._progress_bar()
        self._lay_out()
        workspace.worker.job_moved.connect(self._job_moved)
        self._show_state()

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._document_changed)
            self._session.job_changed.disconnect(self._session_job)
        self._session = session
        self._preview_order = None
        self._job = _running(session)
        if session is not None:
            session.changed.connect(self._document_changed)
            session.job_changed.connect(self._session_job)
        self._document_changed()

    def _lay_out(self) -> None:
        """The preview stands beside the button, so that the sections below are seen, too, on a
        screen of 768 pixels, and nothing moves when the result is there."""
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.choices)
        side.addWidget(self.button)
        side.addWidget(self._bar)
        side.addWidget(self._told)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)
        self.column.addLayout(row)

    def _progress_bar(self) -> QProgressBar:
        bar = QProgressBar(self)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Progress"))
        policy = bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing below jumps when a job starts or ends
        bar.setSizePolicy(policy)
        return bar

    def _model_chosen(self, choice: str) -> None:
        self._workspace.change_settings(cutout_model=MODELS[choice])

    def _pressed(self) -> None:
        """Begin, or stop what was begun: the button stays where the hand is."""
        if self._job is not None:
            self._workspace.worker.cancel(self._job.id)
        elif self._session is not None:
            model = MODELS[self.choices.current or "best"]
            self._session.submit(RemoveBackground(model=model))

    # What the session does -> what is shown

    def _document_changed(self, *_ignored: object) -> None:
        session = self._session
        layer = None if session is None else session.active_layer
        if session is None or layer is None or layer.tiles is None:
            self.preview.show_image(None)
        elif layer.mask is not None:
            self._refresh.start()
        else:
            self.preview.show_image(image_of(sampled(layer.tiles)))
            self._timer.start()
        self._show_state()

    @Slot(object)
    def _session_job(self, job: Job) -> None:
        if isinstance(job.task, RemoveBackground):
            self._job = None if job.over else job
            self._show_state()

    def _show_state(self) -> None:
        layer = None if self._session is None else self._session.active_layer
        job = self._job
        self.button.setEnabled(layer is not None and layer.tiles is not None)
        self.button.setText(self.tr("Remove background") if job is None else self.tr("Cancel"))
        set_look(self.button, "primary" if job is None else "")
        self._bar.setVisible(job is not None)
        if job is not None:
            known = job.state is State.RUNNING and job.progress.fraction > 0
            self._bar.setRange(0, 1000 if known else 0)
            self._bar.setValue(round(job.progress.fraction * 1000))
        self._told.setText(self._verdict(layer) if job is None else job_line(job))
        self._told.setVisible(bool(self._told.text()))

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
        session = self._session
        layer = None if session is None else session.active_layer
        if layer is None or layer.tiles is None or layer.mask is not None or not self.isVisible():
            return
        errand = self._workspace.run(partial(_preview_order, layer.tiles), optional=True)
        errand.done.connect(while_there(self, self._submit_preview, layer.tiles))

    def _submit_preview(self, tiles: Tiles, order: Order) -> None:
        layer = None if self._session is None else self._session.active_layer
        if layer is not None and layer.tiles is tiles and layer.mask is None:
            self._preview_order = order
            self._workspace.worker.submit(order)

    @Slot(object)
    def _job_moved(self, job: Job) -> None:
        order = self._preview_order
        if order is None or job.id != order.job_id or not job.over:
            return
        self._preview_order = None
        layer = None if self._session is None else self._session.active_layer
        if job.result is not None and layer is not None and layer.mask is None:
            edit, inputs = replay.edit_for(job.result, job.task, PREVIEW)
            self.preview.show_image(small_picture(edits.apply(order.document, edit, inputs)))


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


def _running(session: EditSession | None) -> Job | None:
    """The cut-out that was asked for before, when its picture's tab comes up again."""
    for order in () if session is None else session.pending:
        if isinstance(order.task, RemoveBackground):
            return Job(order.job_id, order.task, layer=order.layer_id)
    return None


def small_picture(document: Document) -> QImage:
    """The whole picture, small."""
    merged = Compositor().merged(document)
    size = document.size.fit(_PREVIEW_SIDE)
    small: NDArray[np.uint8] = np.asarray(
        cv2.resize(merged, tuple(size), interpolation=cv2.INTER_AREA), np.uint8
    )
    return image_of(small).copy()


def _preview_order(tiles: Tiles) -> Order:
    """The task on a small copy of the picture; to be called away from the window's thread."""
    size = tiles.size.fit(_PREVIEW_SIDE * 2)
    reduced = cv2.resize(tiles.to_array(), tuple(size), interpolation=cv2.INTER_AREA)
    small = Tiles.from_array(np.asarray(reduced, np.uint8))
    document = Document(small.size, (Layer(PREVIEW, "", PixelContent(small)),))
    return Order(uuid.uuid4().hex, RemoveBackground(model=MODELS["fast"]), document, PREVIEW)
