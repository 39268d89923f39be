# SPDX-License-Identifier: Apache-2.0
"""What a fill layer covers the picture with."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from prodedit.core import edits
from prodedit.core.layer import Fill, FillContent, Layer
from prodedit.gui.panels.fill_fields import FillFields
from prodedit.gui.panels.layer_section import LayerSection
from prodedit.gui.translation import translate


class FillSection(LayerSection):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("FillSection", "Fill"), parent)
        self.fields = FillFields(("colour", "gradient", "pattern"), self)
        self.add(self.fields)
        self.fields.previewed.connect(lambda fill: self.preview(self._with(fill)))
        self.fields.chosen.connect(lambda fill, field: self.apply(self._with(fill), field))

    def show_values(self, layer: Layer) -> None:
        content = layer.content
        assert isinstance(content, FillContent)
        self.fields.show_fill(content.fill)
        reason = self.tr("A pattern begins with a picture: Layer, New, Pattern layer.")
        self.fields.kind.enable("pattern", content.pattern is not None, reason)

    def _with(self, fill: Fill | None) -> edits.SetFill | None:
        return None if fill is None else edits.SetFill(self.layer_id, fill)
