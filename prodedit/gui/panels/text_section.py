# SPDX-License-Identifier: Apache-2.0
"""How a text layer is written: font, size, colour, lines."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QLabel, QWidget

from prodedit.core import edits
from prodedit.core.edits.drawn import SIZE_LEAST, SIZE_MOST
from prodedit.core.layer import Colour, Layer, TextContent
from prodedit.core.text import Text
from prodedit.gui.colour_button import ColourButton
from prodedit.gui.panels.font_box import FontBox
from prodedit.gui.panels.layer_section import (
    ChoiceRow,
    IconChoices,
    LayerSection,
    NumberRow,
    icon_button,
)
from prodedit.gui.slider_row import SliderRow
from prodedit.gui.translation import translate
from prodedit.render.fonts import is_installed, own_family, styles
from prodedit.render.text import content_of
from prodedit.render.typeset import Typeset

_WIDEST = 30_000.0


class TextSection(LayerSection):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("TextSection", "Text"), parent)
        self.family = FontBox(self)
        self.family.setAccessibleName(self.tr("Font"))
        self.family.setToolTip(self.tr("Font; type to search"))
        self.missing = QLabel(self)
        self.missing.setProperty("role", "error")
        self.missing.setWordWrap(True)
        self.style_ = ChoiceRow(self.tr("Style"), {}, self)
        self.size_ = NumberRow(self.tr("Size"), SIZE_LEAST, SIZE_MOST, parent=self)
        self.colour = ColourButton(self.tr("Text colour"), Colour(0, 0, 0), self)
        self.align = self._alignments()
        self.underline = icon_button("underline", self.tr("Underline"), self)
        self.align.add(self.underline)
        self.lines = SliderRow(self.tr("Lines"), 50, 300, 100, " %", self)
        self.lines.setToolTip(self.tr("Distance between the lines"))
        self.letters = SliderRow(self.tr("Letters"), -100, 500, 0, " ‰", self)
        self.letters.setToolTip(self.tr("Distance between the letters"))
        self.width_ = NumberRow(
            self.tr("Box"), 0.0, _WIDEST, nothing=self.tr("As wide as the lines"), parent=self
        )
        self.width_.setToolTip(self.tr("Lines are broken at this width"))
        self.add(self.family, self.missing, self.style_, self.size_, self.colour, self.align)
        self.add(self.lines, self.letters, self.width_)
        self._connect()

    def show_values(self, layer: Layer) -> None:
        content = layer.content
        assert isinstance(content, TextContent)
        text = content.text
        self._show_family(text)
        self.size_.set_value(text.size)
        self.colour.set_colour(text.colour)
        self.align.show_choice(text.align)
        self.underline.setChecked(text.underline)
        self.lines.set_value(round(text.line_height * 100))
        self.letters.set_value(round(text.letter_spacing))
        self.width_.set_value(text.width)
        # A line that is as wide as it is has nothing to be drawn out to.
        self.align.button("justify").setEnabled(text.width > 0)

    def _show_family(self, text: Text) -> None:
        family = text.family or own_family()
        installed = is_installed(family)
        self.family.show_family(family)
        self.missing.setVisible(not installed)
        self.missing.setText(
            self.tr("“{font}” is not on this computer; another font is shown.").format(font=family)
        )
        self.style_.box.clear()
        for style in styles(family) if installed else (text.style,):
            self.style_.box.addItem(style, style)
        self.style_.show_choice(text.style or self.style_.box.itemData(0))
        self.style_.setEnabled(self.style_.box.count() > 1)

    def _alignments(self) -> IconChoices:
        return IconChoices(
            (
                ("left", "align-left", self.tr("Left")),
                ("centre", "align-center", self.tr("Centred")),
                ("right", "align-right", self.tr("Right")),
                ("justify", "align-justified", self.tr("Both sides; in a box")),
            ),
            self.tr("Alignment"),
            self,
        )

    def _connect(self) -> None:
        self.family.passed.connect(lambda name: self.preview(self._in(name)))
        self.family.picked.connect(lambda name: self.apply(self._in(name)))
        self.style_.chosen.connect(lambda style: self.apply(self._with(style=style)))
        self.size_.changed.connect(lambda size: self.apply(self._with(size=size), "size"))
        self.colour.previewed.connect(lambda colour: self.preview(self._with(colour=colour)))
        self.colour.picked.connect(lambda colour: self.apply(self._with(colour=colour)))
        self.align.chosen.connect(lambda align: self.apply(self._with(align=align)))
        self.underline.clicked.connect(lambda on: self.apply(self._with(underline=on)))
        self.lines.changed.connect(lambda value: self.preview(self._with(line_height=value / 100)))
        self.lines.finished.connect(
            lambda value: self.apply(self._with(line_height=value / 100), "lines")
        )
        self.letters.changed.connect(
            lambda value: self.preview(self._with(letter_spacing=float(value)))
        )
        self.letters.finished.connect(
            lambda value: self.apply(self._with(letter_spacing=float(value)), "letters")
        )
        self.width_.changed.connect(lambda width: self.apply(self._with(width=width), "width"))

    def _with(self, **fields: object) -> edits.SetText | None:
        layer = self.layer
        if layer is None or not isinstance(layer.content, TextContent):
            return None
        text = msgspec.structs.replace(layer.content.text, **fields)
        if text.width <= 0 and text.align == "justify":
            text = msgspec.structs.replace(text, align="left")
        shift = _shift(layer.content.text, text)
        return edits.SetText(layer.id, text, content_of(text).extent, shift)

    def _in(self, family: str) -> edits.SetText | None:
        return self._with(family=family, style=self._like(family))

    def _like(self, family: str) -> str:
        """The style of the same name where that family has it, too."""
        layer = self.layer
        content = None if layer is None else layer.content
        style = content.text.style if isinstance(content, TextContent) else ""
        return style if style in styles(family) else ""


def _shift(before: Text, after: Text) -> float:
    """How far the layer must go for lines of another alignment to stay where they are: without a
    box they begin, end or have their middle at its origin. Whole pixels, so that nothing blurs."""
    if before.align == after.align and before.width == after.width:
        return 0.0
    return float(round(Typeset(before).left - Typeset(after).left))
