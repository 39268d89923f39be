# SPDX-License-Identifier: Apache-2.0
"""The window in which a generator is trained: what is asked at the left, what comes of it at the
right. It may be closed while the training goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from prodedit.catalogue.training import TrainingOrder, begun
from prodedit.core.problem import Problem
from prodedit.engine.generators.container import SUFFIX
from prodedit.engine.generators.library import GeneratorLibrary
from prodedit.engine.training.gate import Refusal, refusals
from prodedit.gui.panels.section import in_row, secondary
from prodedit.gui.style_sheet import set_look, set_role
from prodedit.gui.training.course import Course, End
from prodedit.gui.training.form import TrainingForm
from prodedit.gui.training.found import FoundView
from prodedit.gui.training.progress import TrainingProgress
from prodedit.gui.translation import problem_text, translate

_LEFT = 300
_PERSON = "person"
"""Why a course waits: the person said so."""


class TrainingWindow(QDialog):
    """Blocks nothing. One training at a time: two would only slow each other."""

    made = Signal(str)
    """A generator's name: it has passed the gate and is in the library."""
    open_wanted = Signal(str)
    """The person wants to use the generator of that name."""

    def __init__(
        self,
        library: GeneratorLibrary,
        course: Callable[[TrainingOrder], Course],
        parent: QWidget | None = None,
    ) -> None:
        """course: makes one."""
        super().__init__(parent)
        self._library, self._make = library, course
        self.course: Course | None = None
        self._stopped = ""
        self.setWindowTitle(self.tr("Train a generator"))
        self.trainings = QComboBox(self)
        self.trainings.setAccessibleName(self.tr("Training"))
        self.form = TrainingForm(library, self)
        self.facts = secondary("", self)
        self.progress = TrainingProgress(self)
        self.found = FoundView(self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.start = self._button(self.tr("Start"), self._begin)
        self.pause = self._button(self.tr("Pause"), self._pause)
        self.stop = self._button(self.tr("Stop"), self._stop)
        self.longer = self._button(self.tr("Train longer"), self._lengthen)
        self.discard = self._button(self.tr("Delete"), self._discard)
        self.use = self._button(self.tr("Use it"), self._use)
        self._lay_out()
        self.form.changed.connect(self._asked_otherwise)
        self.trainings.currentIndexChanged.connect(self._chosen)
        self.load()
        self._choose_unfinished()
        self.resize(960, 640)

    def load(self) -> None:
        """What was begun before, and what there is to begin with, anew."""
        self.form.load()
        now = self.trainings.currentData()
        blocked = self.trainings.blockSignals(True)
        self.trainings.clear()
        self.trainings.addItem(self.tr("New training"), None)
        for order in begun(self._library.own):
            self.trainings.addItem(_name(order), order)
            if now is not None and order.output == now.output:
                self.trainings.setCurrentIndex(self.trainings.count() - 1)
        self.trainings.blockSignals(blocked)
        self._chosen()

    @property
    def order(self) -> TrainingOrder | None:
        """What the buttons are about."""
        chosen: TrainingOrder | None = self.trainings.currentData()
        return chosen or self.form.order

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        intro = secondary(
            self.tr(
                "A generator learns from your own pictures what your products look like, and then "
                "makes new ones. Some hundred pictures of one kind of product are good; nothing "
                "leaves this computer. You may go on working meanwhile: it makes way for what you "
                "do."
            ),
            self,
        )
        self.pages = QStackedWidget(self)
        self.pages.addWidget(_top(intro))
        self.pages.addWidget(self.progress)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.trainings)
        left.addWidget(self.facts)
        left.addWidget(self.form, 1)
        left.addStretch(0)
        right = QVBoxLayout()
        right.setSpacing(8)
        for widget, stretch in ((self.pages, 1), (self.found, 0), (self.told, 0)):
            right.addWidget(widget, stretch)
        buttons = in_row(self.discard)
        buttons.addStretch(1)
        for button in (self.longer, self.pause, self.stop, self.use, self.start):
            buttons.addWidget(button)
        side = QWidget(self)
        side.setFixedWidth(_LEFT)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(side)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(row, 1)
        column.addLayout(buttons)

    def _choose_unfinished(self) -> None:
        """Who has left something unfinished finds it first, the newest of it."""
        left = [
            (order.place.stat().st_mtime, row)
            for row in range(1, self.trainings.count())
            if not (order := self.trainings.itemData(row)).output.is_file()
        ]
        if left:
            self.trainings.setCurrentIndex(max(left)[1])

    # What the person does

    def _chosen(self) -> None:
        order: TrainingOrder | None = self.trainings.currentData()
        self.found.hide()
        self._tell("")
        if order is not None:
            self.progress.begin(order.place)
            self._show_end(order)
        self._show()

    def _begin(self) -> None:
        order = self.order
        if order is None or self.course is not None:
            return
        try:
            order.check()
            order.output.parent.mkdir(parents=True, exist_ok=True)
        except Problem as problem:
            self._tell(problem_text(problem), is_error=True)
            return
        except OSError as error:
            self._tell(str(error), is_error=True)
            return
        course = self.course = self._make(order)
        course.looked_at.connect(self.progress.look)
        course.reported.connect(self.found.show_report)
        course.told.connect(self.progress.hear)
        course.paused.connect(self.progress.hold)
        course.paused.connect(self._show)
        course.ended.connect(self._ended)
        self._tell("")
        self.progress.begin(order.place)
        course.start()
        self._show()

    def _pause(self) -> None:
        if self.course is not None:
            (self.course.go_on if self.course.is_paused else self.course.hold)(_PERSON)

    def _stop(self) -> None:
        if self.course is not None:
            self._tell(self.tr("Stopping: what was learned is being kept …"))
            self.course.stop()
            self._show()

    def _lengthen(self) -> None:
        order = self.order
        if order is None:
            return
        try:
            order.lengthen()
        except (Problem, OSError, ValueError) as error:
            self._tell(
                problem_text(error) if isinstance(error, Problem) else str(error), is_error=True
            )
            return
        self._begin()

    def _discard(self) -> None:
        order: TrainingOrder | None = self.trainings.currentData()
        if order is None or self.course is not None:
            return
        text = self.tr("Delete the training “{name}”? All that it has learned is lost.")
        asked = QMessageBox.question(
            self, self.windowTitle(), text.format(name=_name(order)),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
            QMessageBox.StandardButton.No,
        )  # fmt: skip
        if asked != QMessageBox.StandardButton.Yes:
            return
        try:
            order.discard()
        except Problem as problem:
            self._tell(problem_text(problem), is_error=True)
            return
        self.trainings.setCurrentIndex(0)
        self.load()

    def _use(self) -> None:
        order = self.order
        if order is not None:
            self.open_wanted.emit(_name(order))

    # What comes of it

    def _ended(self, end: End, problem: Problem | None) -> None:
        course = self.course
        if course is None:
            return
        course.close()
        self.course = None
        self.load()
        place = next(
            (
                row
                for row in range(1, self.trainings.count())
                if self.trainings.itemData(row).output == course.order.output
            ),
            0,
        )
        self.trainings.setCurrentIndex(place)
        if problem is not None:
            self._tell(problem_text(problem), is_error=True)
        elif end is End.DONE:
            self._judged(course)
        self._show()

    def _show_end(self, order: TrainingOrder) -> None:
        """How a training that does not run stands."""
        judgement, name = self.progress.judgement, _name(order)
        if judgement is None:
            self.progress.stand(name, self.tr("Stopped. It goes on where it was."))
            return
        self.progress.stand(name, self.tr("Done."))
        if against := refusals(judgement.measures):
            self._tell(self._refused(against))
        elif order.output.is_file():
            self._tell(self.tr("It is good, and in your library now."))

    def _refused(self, against: Sequence[Refusal]) -> str:
        first = self.tr("It is not good enough to be used yet.")
        why = [translate("Gate", one.text).format(**one.values) for one in against]
        return "\n".join((first, *why))

    def _judged(self, course: Course) -> None:
        """Into the library if it is good enough; else what to change."""
        if course.judgement is None:
            return
        order, against = course.order, refusals(course.judgement.measures)
        try:
            if not against:
                order.deliver()
        except Problem as problem:
            self._tell(problem_text(problem), is_error=True)
            return
        if against:
            self._tell(self._refused(against))
            return
        self._tell(self.tr("It is good, and in your library now."))
        self.made.emit(_name(order))

    def _tell(self, text: str, *, is_error: bool = False) -> None:
        set_role(self.told, "error" if is_error else "")
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _show(self) -> None:
        """What can be done now."""
        runs, order = self.course is not None, self.trainings.currentData()
        is_old = order is not None
        is_made = is_old and order.output.is_file()
        self.pages.setCurrentIndex(1 if runs or is_old else 0)
        self.form.setEnabled(not runs and not is_old)
        self.form.setVisible(not is_old)
        self.facts.setText(self.form.facts(order) if is_old else "")
        self.facts.setVisible(is_old)
        self.trainings.setEnabled(not runs)
        self.pause.setVisible(runs)
        self.pause.setText(
            self.tr("Go on")
            if self.course is not None and self.course.is_paused
            else self.tr("Pause")
        )
        self.stop.setVisible(runs)
        self.longer.setVisible(not runs and is_old)
        self.discard.setVisible(not runs and is_old)
        self.use.setVisible(is_made and not runs)
        over = is_old and self.progress.judgement is not None
        self.start.setVisible(not runs and not over)
        self.start.setText(self.tr("Go on") if is_old else self.tr("Start"))
        self.start.setEnabled(self.order is not None)
        set_look(self.start, "primary")
        set_look(self.use, "primary")
        set_look(self.longer, "primary" if over and not is_made else "")

    def _asked_otherwise(self) -> None:
        """The person changed what is to be done."""
        self._tell(self.form.trouble, is_error=True)
        self._show()


def _name(order: TrainingOrder) -> str:
    return order.output.name.removesuffix(SUFFIX)


def _top(widget: QWidget) -> QWidget:
    """With room below."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    return page
