# SPDX-License-Identifier: Apache-2.0
"""Effects of the active layer: ready-made ones, a switch for each, one light for all."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QWidget

from prodedit.core import edits
from prodedit.core.effects import CastShadow, DropShadow, Effect
from prodedit.core.layer import Layer
from prodedit.editing.session import EditSession
from prodedit.gui.commands.several import together
from prodedit.gui.panels.effect_box import EffectBox
from prodedit.gui.panels.effect_kinds import (
    KINDS,
    PRESETS,
    Preset,
    first_of,
    put,
    scaled,
    with_fields,
)
from prodedit.gui.panels.layer_section import LayerSection
from prodedit.gui.panels.section import reveal
from prodedit.gui.translation import translate

_LIT = (DropShadow, CastShadow)


class EffectsSection(LayerSection):
    """Sliders are previewed on the canvas while they move; each rest is an undo step, and those of
    one slider in a row are one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("EffectsSection", "Effects"), parent)
        self.presets = QPushButton(self.tr("Ready-made…"), self)
        menu = QMenu(self.presets)
        for preset in PRESETS:
            title = translate("Effects", preset.title)
            menu.addAction(title, partial(self.use_preset, preset))
        self.presets.setMenu(menu)
        self.add(self.presets)
        self.boxes = {kind: EffectBox(kind, self) for kind in KINDS}
        self.same_light = QCheckBox(self.tr("Same light for all effects"), self)
        self.same_light.setToolTip(
            self.tr("A change of the light changes it in all layers of the picture.")
        )
        self.same_light.setChecked(True)
        for kind, box in self.boxes.items():
            box.switched.connect(partial(self._switched, kind))
            box.previewed.connect(partial(self._previewed, kind))
            box.chosen.connect(partial(self._chosen, kind))
            self.add(box)
        self.add(self.same_light)

    def show_layer(self, session: EditSession, layer: Layer) -> None:
        super().show_layer(session, layer)
        self.body.setEnabled(True)  # effects lie round the pixels: a lock of those is none of them

    def show_values(self, layer: Layer) -> None:
        for kind, box in self.boxes.items():
            box.show_effect(first_of(layer.effects, kind))
        lit = [effect for effect in layer.effects if isinstance(effect, _LIT) and effect.enabled]
        self.same_light.setVisible(bool(lit))

    def use_preset(self, preset: Preset) -> None:
        """In place of all effects there are, as large as the layer needs them."""
        layer, session = self.layer, self.session
        if layer is None or session is None:
            return
        effects = tuple(scaled(effect, session.document, layer) for effect in preset.effects)
        title = translate("Effects", preset.title)
        session.apply(edits.SetEffects(layer.id, effects), text=title)

    def switch_on(self, kind: type[Effect]) -> None:
        """As if its switch were pressed; nothing where it is on."""
        switch = self.boxes[kind].switch
        if self.layer is not None and not switch.isChecked():
            switch.click()

    def _switched(self, kind: type[Effect], on: bool) -> None:
        layer, session = self.layer, self.session
        if layer is None or session is None:
            return

        def change(old: Effect | None) -> Effect:
            return with_fields(old or self._new(kind), enabled=on)

        self.apply(edits.SetEffects(layer.id, put(layer.effects, kind, change)))
        if on:
            reveal(self.boxes[kind].body)

    def _new(self, kind: type[Effect]) -> Effect:
        """As large as the layer needs it, in the light that there is."""
        layer, session = self.layer, self.session
        effect: Effect = kind()
        if layer is None or session is None:
            return effect
        effect = scaled(effect, session.document, layer)
        lit = (e for one in session.document.walk() for e in one.effects if isinstance(e, _LIT))
        known = next(lit, None)
        if known is not None and isinstance(effect, _LIT) and self.same_light.isChecked():
            return with_fields(effect, angle=known.angle)
        return effect

    def _previewed(self, kind: type[Effect], field: str, value: object) -> None:
        edit = self._changed(kind, field, value)
        self._end_without(edit)
        self.preview(edit)

    def _chosen(self, kind: type[Effect], field: str, value: object) -> None:
        edit = self._changed(kind, field, value)
        self._end_without(edit)
        self.apply(edit, f"{kind.__name__}.{field}")

    def _end_without(self, edit: edits.Edit | None) -> None:
        """A slider that came back to where it was shows the document again."""
        if edit is None and self.session is not None:
            self.session.end_preview()

    def _changed(self, kind: type[Effect], field: str, value: object) -> edits.Edit | None:
        layer, session = self.layer, self.session
        if layer is None or session is None or first_of(layer.effects, kind) is None:
            return None
        if field == "angle" and self.same_light.isChecked():
            return self._lit(value)
        effects = put(layer.effects, kind, lambda old: with_fields(old or kind(), **{field: value}))
        return edits.SetEffects(layer.id, effects)

    def _lit(self, angle: object) -> edits.Edit | None:
        """Every layer's shadows in that light."""
        assert self.session is not None
        found = []
        for layer in self.session.document.walk():
            effects = tuple(
                with_fields(effect, angle=angle) if isinstance(effect, _LIT) else effect
                for effect in layer.effects
            )
            if effects != layer.effects:
                found.append(edits.SetEffects(layer.id, effects))
        return together(found)
