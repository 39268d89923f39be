# SPDX-License-Identifier: Apache-2.0
"""The Style panel: the photo painted anew, all of it, the product or only what is behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from prodedit.core.document import Document
from prodedit.core.layer import Layer
from prodedit.core.scope import Scope
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.style_choice import StyleChoice
from prodedit.editing.workspace import Workspace
from prodedit.engine.service.jobs import Job
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import PICTURE, SecondStyle, TransferStyle
from prodedit.gui.panels.section import Choices, Section, secondary
from prodedit.gui.panels.style_gallery import StyleGallery
from prodedit.gui.panels.style_pictures import StylePictures
from prodedit.gui.panels.style_source import OwnStyle, StyleSource
from prodedit.gui.panels.task_panel import TaskPanel
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate
from prodedit.gui.trial import Trial, Trials

_GALLERY = 200
"""Least height: nearly two rows of pictures, so that it is seen that there are more."""


class StylePanel(TaskPanel):
    """What is chosen is tried on the canvas at once; the button makes a layer of it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        text = translate("StylePanel", "Apply style")
        super().__init__(workspace, text, TransferStyle, parent)
        self._own: OwnStyle | None = None
        titles = {style.id: translate("Style", style.title) for style in STYLES}
        self._titles = titles
        self.gallery = StyleGallery(titles, self)
        self.gallery.setMinimumHeight(_GALLERY)
        self.source = StyleSource(workspace, self)
        self.second = QComboBox(self)
        self.second.setAccessibleName(self.tr("Mix with"))
        self.second.addItem(self.tr("Mix with nothing"), "")
        for style, title in titles.items():
            self.second.addItem(self.tr("Mix with {style}").format(style=title), style)
        self.mix = SliderRow(self.tr("Mix"), 0, 100, 50, " %", self)
        self.strength = SliderRow(self.tr("Strength"), 0, 100, 100, " %", self)
        self.keep_colour = QCheckBox(self.tr("Keep the photo's colours"), self)
        self.scope = Choices(
            {
                "all": self.tr("All"),
                "product": self.tr("Product"),
                "background": self.tr("Backdrop"),
            },
            3,
            self.tr("Where"),
            self,
        )
        self.hint = secondary("", self)
        self.row.button.setToolTip(self.tr("As a new layer; the photo stays below it"))
        self.pictures = StylePictures(workspace, self)
        self.trials = Trials(workspace, self)
        self._lay_out()
        self._show_choice()
        self._connect()
        self.set_session(None)

    @property
    def choice(self) -> StyleChoice:
        return self._workspace.settings.style

    def set_session(self, session: EditSession | None) -> None:
        self.pictures.stop()
        self.trials.set_session(session)
        self.source.set_session(session)
        self.follow(session)

    def task(self) -> TransferStyle | None:
        """What the button would do; None while no style is chosen."""
        choice = self.choice
        style = PICTURE if self._own is not None else choice.style
        if not style:
            return None
        second = SecondStyle(choice.second, choice.mix / 100) if choice.second else None
        title = self._own.name if self._own is not None else self._titles.get(style, style)
        return TransferStyle(
            style, choice.strength / 100, second, choice.keep_colour, choice.scope, title
        )

    def _lay_out(self) -> None:
        more = Section(self.tr("More"), self, folds=True)
        more.add(self.keep_colour, self.second, self.mix)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.gallery, 1)
        for widget in (self.source, self.strength, self.scope, self.hint, more):
            column.addWidget(widget)
        self.row.setContentsMargins(0, 0, 12, 8)

    def _connect(self) -> None:
        self.gallery.picked.connect(self._picked)
        self.source.chosen.connect(self._own_chosen)
        self.source.failed.connect(self._workspace.failed)
        self.second.activated.connect(lambda: self._change(second=self.second.currentData()))
        self.mix.changed.connect(lambda value: self._change(mix=value))
        self.strength.changed.connect(lambda value: self._change(strength=value))
        self.keep_colour.clicked.connect(self._colour_kept)
        self.scope.chosen.connect(lambda scope: self._change(scope=scope))
        self.pictures.came.connect(self.gallery.show_picture)
        self.pictures.failed.connect(self._tell)
        self.trials.failed.connect(self._tell)

    # What the person chooses

    def _picked(self, style: str) -> None:
        self._own = None
        self.source.show_own(None)
        self._change(style=style)

    def _own_chosen(self, own: OwnStyle | None) -> None:
        self._own = own
        self.source.show_own(own)
        self.gallery.show_current("" if own is not None else self.choice.style)
        self._try()

    def _colour_kept(self, on: bool) -> None:
        self._change(keep_colour=on)
        self._ask_for_pictures()

    def _change(self, **changes: Any) -> None:
        self._workspace.change_settings(style=msgspec.structs.replace(self.choice, **changes))
        self.mix.setVisible(bool(self.choice.second))
        self._try()

    def _show_choice(self) -> None:
        choice = self.choice
        self.second.setCurrentIndex(max(0, self.second.findData(choice.second)))
        self.mix.set_value(choice.mix)
        self.mix.setVisible(bool(choice.second))
        self.strength.set_value(choice.strength)
        self.keep_colour.setChecked(choice.keep_colour)
        self.scope.show_choice(choice.scope)

    # What is shown of it

    @Slot()
    def _document_changed(self, *_ignored: object) -> None:
        layer = self._layer
        self._enable_scopes(layer)
        self.scope.show_choice(self._scope_here)
        has_pixels = layer is not None and layer.tiles is not None
        self.hint.setText(
            self.tr("Choose a layer that holds a photo.")
            if self._session is not None and not has_pixels
            else ""
        )
        self.hint.setVisible(bool(self.hint.text()))
        self._show_what_can_be_done()
        self._ask_for_pictures()

    def _enable_scopes(self, layer: Layer | None) -> None:
        mask = None if layer is None else layer.mask
        uncut = self.tr("Remove the background first: then the program knows what is product.")
        bare = self.tr("This picture is transparent round its product: it has no backdrop.")
        has_backdrop = mask is not None and not mask.is_transparency
        self.scope.enable("product", mask is not None, uncut)
        self.scope.enable("background", has_backdrop, uncut if mask is None else bare)

    def _show_what_can_be_done(self) -> None:
        layer = self._layer
        can = layer is not None and layer.tiles is not None
        self.gallery.setEnabled(can)
        self.row.button.setEnabled(self.row.is_busy or (can and self.task() is not None))

    def _ask_for_pictures(self) -> None:
        layer = self._layer
        if self._session is None or layer is None or layer.tiles is None:
            self.gallery.clear_pictures()
            return
        if self.isVisible():
            keep = self.choice.keep_colour
            seen = self.gallery.seen_first
            self.pictures.want(self._session, layer, seen, keep_colour=keep)

    def _try(self) -> None:
        self._show_what_can_be_done()
        self.row.tell("")
        task, layer = self._task_here(), self._layer
        if task is None or layer is None or layer.tiles is None or not self.isVisible():
            return
        full = msgspec.structs.replace(task, strength=1.0)
        change = partial(_weakened, self._session.document, task.strength)  # type: ignore[union-attr]
        self.trials.show(Trial(full, layer.id, self._inputs(), change))

    def _task_here(self) -> TransferStyle | None:
        """As `task`, with a scope that this layer can tell."""
        task = self.task()
        return task and msgspec.structs.replace(task, scope=self._scope_here)

    @property
    def _scope_here(self) -> Scope:
        wanted = self.choice.scope
        return wanted if wanted == "all" or self.scope.button(wanted).isEnabled() else "all"

    def _inputs(self) -> dict[str, Tiles]:
        return {} if self._own is None else {"style": self._own.tiles}

    # Doing it

    def _apply(self) -> None:
        task, session = self._task_here(), self._session
        if task is not None and session is not None:
            session.submit(task, inputs=self._inputs())

    def _ended(self, job: Job) -> None:
        self._show_what_can_be_done()
        super()._ended(job)

    # Qt's own names

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.gallery.show_current("" if self._own is not None else self.choice.style)
        self._ask_for_pictures()

    def hideEvent(self, event: QHideEvent) -> None:
        """A trial is only there while its panel is."""
        self.pictures.stop()
        self.trials.drop()
        super().hideEvent(event)


def _weakened(before: Document, strength: float, after: Document) -> Document:
    """The new layer shows through by what the strength lacks: nothing has to be painted anew."""
    known = {layer.id for layer in before.walk()}
    made = next(layer for layer in after.walk() if layer.id not in known)
    weaker = replace(made, opacity=made.opacity * strength)
    return after.replace_layer(made.id, lambda _made: weaker)
