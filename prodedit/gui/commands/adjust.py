# SPDX-License-Identifier: Apache-2.0
"""The Filter menu: adjustments, as layers above the active one."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from prodedit.core.adjust.values import HueSaturation, Shift
from prodedit.gui.panels.adjust import AdjustPanel
from prodedit.gui.side_rail import SideRail


class Stage(Protocol):
    @property
    def adjust(self) -> AdjustPanel: ...

    @property
    def side(self) -> SideRail: ...


class AdjustCommands(QObject):
    """Each opens the Adjust panel with its controls."""

    def __init__(self, stage: Stage, window: QWidget) -> None:
        super().__init__(window)
        self._stage = stage

    def levels(self) -> None:
        self._add("levels")

    def curves(self) -> None:
        self._add("curves")

    def brightness_contrast(self) -> None:
        self._add("brightness_contrast")

    def exposure(self) -> None:
        self._add("exposure")

    def white_balance(self) -> None:
        self._add("white_balance")

    def hue_saturation(self) -> None:
        self._add("hue_saturation")

    def colour_balance(self) -> None:
        self._add("colour_balance")

    def vibrance(self) -> None:
        self._add("vibrance")

    def recolour(self) -> None:
        self._add("recolour")

    def black_and_white(self) -> None:
        self._add("black_and_white")

    def photo_filter(self) -> None:
        self._add("photo_filter")

    def gradient_map(self) -> None:
        self._add("gradient_map")

    def colour_table(self) -> None:
        self._add("colour_table")

    def invert_colours(self) -> None:
        self._add("invert_colours")

    def desaturate(self) -> None:
        self._open()
        grey = HueSaturation(Shift(saturation=-100.0))
        self._stage.adjust.insert(grey, self.tr("Desaturate"))

    def threshold(self) -> None:
        self._add("threshold")

    def posterise(self) -> None:
        self._add("posterise")

    def sharpen(self) -> None:
        self._add("sharpen")

    def denoise(self) -> None:
        self._add("denoise")

    def blur(self) -> None:
        self._add("blur")

    def vignette(self) -> None:
        self._add("vignette")

    def auto_tone(self) -> None:
        self._auto("auto_tone")

    def auto_colour(self) -> None:
        self._auto("auto_colour")

    def auto_white_balance(self) -> None:
        self._auto("auto_white_balance")

    def apply_adjustment(self) -> None:
        self._stage.adjust.controls.apply_to_pixels()

    def histogram(self) -> None:
        self._open()
        self._stage.adjust.histogram.unfold()

    def _add(self, kind_id: str) -> None:
        self._open()
        self._stage.adjust.add(kind_id)

    def _auto(self, name: str) -> None:
        self._open()
        self._stage.adjust.add_auto(name)

    def _open(self) -> None:
        self._stage.side.show()
        self._stage.side.open("adjust")
