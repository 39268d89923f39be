# SPDX-License-Identifier: Apache-2.0
"""What stands behind the product: nothing, a colour, a gradient, a picture, the photo blurred."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from prodedit.core import edits
from prodedit.core.document import BACKGROUND, Document
from prodedit.core.layer import Colour, FillContent, GradientFill, SolidFill
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.editing.workspace import Workspace
from prodedit.files.pictures import photo_tiles
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.commands.files import PICTURES
from prodedit.gui.late import while_there
from prodedit.gui.panels.section import Choices, Section
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate

Backdrop = SolidFill | GradientFill | edits.BlurredBackground | edits.PictureBackground | None
WHITE = Colour(255, 255, 255)
_UPPER, _LOWER = Colour(245, 245, 245), Colour(200, 200, 200)


class BackdropSection(Section):
    """Every choice is one undo step; sliders and colour dialogs show their effect as they move."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(translate("BackdropSection", "New background"), parent)
        self._workspace = workspace
        self._session: EditSession | None = None
        self._blurring: float | None = None  # the strength the slider is at, while it moves
        self._is_computing = False
        self._pixels_are = "picture"  # once made, a blurred photo is a picture like another
        self.choices = Choices(
            {
                "none": self.tr("Transparent"),
                "white": self.tr("White"),
                "colour": self.tr("Colour"),
                "gradient": self.tr("Gradient"),
                "picture": self.tr("Picture…"),
                "blur": self.tr("Blur"),
            },
            3,
            self.tr("Background"),
            self,
        )
        self._colour = ColourButton(self.tr("Background colour"), Colour(240, 240, 240), self)
        self._upper = ColourButton(self.tr("Upper colour"), _UPPER, self)
        self._lower = ColourButton(self.tr("Lower colour"), _LOWER, self)
        self._angle = SliderRow(self.tr("Direction"), 0, 359, 90, "°", self)
        self._blur = SliderRow(self.tr("Blur"), 0, 100, 50, " %", self)
        self._hint = QLabel(self.tr("Remove the background first."), self)
        self._hint.setProperty("role", "secondary")
        ends = QHBoxLayout()
        ends.setSpacing(4)
        ends.addWidget(self._upper)
        ends.addWidget(self._lower)
        # Below the buttons: when it goes, nothing may move under the pointer.
        self.add(self.choices, self._hint, self._colour)
        self.column.addLayout(ends)
        self.add(self._angle, self._blur)
        self._connect()
        self._show_options()

    def set_session(self, session: EditSession | None) -> None:
        if self._session is not None:
            self._session.changed.disconnect(self._document_changed)
        self._session = session
        if session is not None:
            session.changed.connect(self._document_changed)
        self._document_changed()

    def use_picture(self, path: Path) -> None:
        """Put the picture in `path` behind the product."""
        errand = self._workspace.run(partial(_read, self._workspace, path))
        errand.done.connect(while_there(self, self._put_picture, self._session))
        errand.failed.connect(self._workspace.failed)

    def step(self) -> edits.SetBackground:
        """What is chosen, for the photo of any picture."""
        makers: dict[str, Callable[[], Backdrop]] = {
            "picture": edits.PictureBackground,
            **self._makers(),
        }
        make = makers.get(self.choices.current, lambda: None)
        return edits.SetBackground(make(), self.tr("Background"))

    def _connect(self) -> None:
        self.choices.chosen.connect(self._chosen)
        for button in (self._colour, self._upper, self._lower):
            button.picked.connect(lambda _colour: self._apply())
        self._colour.previewed.connect(lambda colour: self._preview(SolidFill(colour)))
        self._angle.changed.connect(lambda _value: self._preview(self._gradient()))
        self._angle.finished.connect(lambda _value: self._apply())
        self._blur.changed.connect(lambda value: self._preview_blur(value / 100))
        self._blur.finished.connect(lambda _value: self._end_blur())

    def _document_changed(self, *_ignored: object) -> None:
        session = self._session
        layer = None if session is None else session.active_layer
        ready = session is not None and any(x.mask is not None for x in session.document.walk())
        has_backdrop = session is not None and session.document.find(BACKGROUND) is not None
        self.choices.setEnabled(ready or has_backdrop)
        self._hint.setVisible(not (ready or has_backdrop))
        self.choices.button("blur").setEnabled(layer is not None and layer.mask is not None)
        self.choices.show_choice(_shown(session, self._pixels_are))
        self._show_options()

    def _chosen(self, choice: str) -> None:
        if choice == "picture":
            self._choose_picture()
            return
        self._show_options()
        self._apply()

    def _show_options(self) -> None:
        choice = self.choices.current
        self._colour.setVisible(choice == "colour")
        for widget in (self._upper, self._lower, self._angle):
            widget.setVisible(choice == "gradient")
        self._blur.setVisible(choice == "blur")

    def _gradient(self) -> GradientFill:
        return GradientFill(self._upper.colour, self._lower.colour, float(self._angle.value))

    def _edit(self, background: Backdrop) -> edits.SetBackground:
        layer_id = "" if self._session is None else self._session.active_id
        name = self.tr("Background")
        return edits.SetBackground(background, name, layer_id)

    def _preview(self, background: SolidFill | GradientFill) -> None:
        if self._session is not None:
            self._session.preview_edit(self._edit(background))

    def _preview_blur(self, strength: float) -> None:
        """It takes long for a slider, so it is computed aside, and only the newest is."""
        self._blurring, session = strength, self._session
        if session is None or self._is_computing:
            return
        self._is_computing, document = True, session.document
        edit = self._edit(edits.BlurredBackground(strength))
        errand = self._workspace.run(partial(edits.apply, document, edit), optional=True)
        errand.done.connect(while_there(self, self._show_blur, session, document, strength))
        errand.failed.connect(self._not_blurred)

    def _show_blur(
        self, session: EditSession, of: Document, strength: float, blurred: Document
    ) -> None:
        self._is_computing = False
        if self._blurring is None or session is not self._session or session.document is not of:
            return
        session.preview(blurred)
        if self._blurring != strength:
            self._preview_blur(self._blurring)

    def _not_blurred(self, _problem: Problem) -> None:
        """The slider's release tells what is wrong."""
        self._is_computing = False

    def _end_blur(self) -> None:
        self._blurring = None
        self._apply()

    def _makers(self) -> dict[str, Callable[[], Backdrop]]:
        return {
            "none": lambda: None,
            "white": lambda: SolidFill(WHITE),
            "colour": lambda: SolidFill(self._colour.colour),
            "gradient": self._gradient,
            "blur": lambda: edits.BlurredBackground(self._blur.value / 100),
        }

    def _apply(self) -> None:
        make = self._makers().get(self.choices.current)
        if self._session is not None and make is not None:
            self._pixels_are = "blur" if self.choices.current == "blur" else "picture"
            self._session.apply(self._edit(make()))

    def _choose_picture(self) -> None:
        filters = self.tr("Pictures ({patterns})").format(patterns=PICTURES)
        title = self.tr("Picture for the background")
        name, _ = QFileDialog.getOpenFileName(self, title, "", filters)
        if name:
            self.use_picture(Path(name))
        else:
            self._document_changed()

    def _put_picture(self, session: EditSession | None, pixels: Tiles) -> None:
        if session is not None:
            self._pixels_are = "picture"
            session.apply(self._edit(edits.PictureBackground()), {"picture": pixels})


def _shown(session: EditSession | None, pixels: str) -> str:
    """The choice that the document's background stands for; `pixels`: what pictures stand for."""
    layer = None if session is None else session.document.find(BACKGROUND)
    if layer is None:
        return "none"
    if not isinstance(layer.content, FillContent):
        return pixels
    fill = layer.content.fill
    if isinstance(fill, GradientFill):
        return "gradient"
    return "white" if fill == SolidFill(WHITE) else "colour"


def _read(workspace: Workspace, path: Path) -> Tiles:
    return photo_tiles(workspace.decoder.decode(path))[0]
