# SPDX-License-Identifier: Apache-2.0
"""The button that begins a task and stops it again, its progress, and a line about how it went."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from prodedit.editing.session import EditSession
from prodedit.engine.service.jobs import Job, State
from prodedit.gui.icons import ICON_SIZE, TARGET_SIZE, set_icon
from prodedit.gui.jobs_bar import job_line
from prodedit.gui.style_sheet import set_look
from prodedit.gui.theme import palette_now
from prodedit.gui.translation import translate

_STEPS = 1000


class TaskRow(QWidget):
    """Of the tasks of one kind that a person begins here; the button stays where the hand is."""

    wanted = Signal()
    """The person pressed the button while nothing is going on."""
    ended = Signal(object)
    """A Job of this kind that is over."""
    keep_wanted = Signal()
    """What the button would do is to become part of a recipe."""

    def __init__(self, text: str, kind: type, parent: QWidget | None = None) -> None:
        """`text`: of the button, translated; `kind`: the Task's class."""
        super().__init__(parent)
        self._text, self._kind = text, kind
        self._session: EditSession | None = None
        self._job: Job | None = None
        self._verdict = ""
        self.button = QPushButton(text, self)
        self.button.clicked.connect(self._pressed)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing jumps when a job starts or ends
        self._bar.setSizePolicy(policy)
        self.told = QLabel(self)
        self.told.setProperty("role", "secondary")
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._head = QHBoxLayout()
        self._head.setSpacing(4)
        self._head.addWidget(self.button, 1)
        column.addLayout(self._head)
        for widget in (self._bar, self.told):
            column.addWidget(widget)
        self._show()

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def set_session(self, session: EditSession | None) -> None:
        """Follow this picture's jobs; those that were begun before, too."""
        if self._session is not None:
            self._session.job_changed.disconnect(self._job_changed)
        self._session, self._job, self._verdict = session, None, ""
        if session is not None:
            session.job_changed.connect(self._job_changed)
            self._job = next(
                (
                    Job(order.job_id, order.task, layer=order.layer_id)
                    for order in session.pending
                    if isinstance(order.task, self._kind) and order.see is None
                ),
                None,
            )
        self._show()

    def offer_keeping(self) -> None:
        """A small button beside the other one: `keep_wanted`."""
        keep = keep_button(self)
        keep.clicked.connect(self.keep_wanted)
        self._head.addWidget(keep)

    def tell(self, text: str) -> None:
        """Say this while nothing is going on."""
        self._verdict = text
        self._show()

    def _pressed(self) -> None:
        if self._job is None:
            self.wanted.emit()
        elif self._session is not None:
            self._session.cancel(self._job.id)

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        session = self._session
        mine = self._job is not None and self._job.id == job.id
        if session is None or not isinstance(job.task, self._kind):
            return
        if not mine and job.id not in {o.job_id for o in session.pending if o.see is None}:
            return
        self._job = None if job.over else job
        if not job.over:
            self._verdict = ""
        self._show()
        if job.over:
            self.ended.emit(job)

    def _show(self) -> None:
        job = self._job
        self.button.setText(self._text if job is None else self.tr("Cancel"))
        set_look(self.button, "primary" if job is None else "")
        self._bar.setVisible(job is not None)
        if job is not None:
            known = job.state is State.RUNNING and job.progress.fraction > 0
            self._bar.setRange(0, _STEPS if known else 0)
            self._bar.setValue(round(job.progress.fraction * _STEPS))
        self.told.setText(self._verdict if job is None else job_line(job))
        self.told.setVisible(bool(self.told.text()))


def keep_button(parent: QWidget) -> QToolButton:
    """Saves what a panel is set to as a recipe."""
    button = QToolButton(parent)
    set_icon(button, "bookmark", palette_now())
    button.setIconSize(ICON_SIZE)
    button.setFixedSize(TARGET_SIZE)
    title = translate("TaskRow", "Save as recipe…")
    button.setToolTip(title)
    button.setAccessibleName(title)
    return button
