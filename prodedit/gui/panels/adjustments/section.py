# SPDX-License-Identifier: Apache-2.0
"""What the controls of every adjustment have in common: a value goes in, changed ones come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from prodedit.core.adjust.values import Adjustment
from prodedit.core.colour import Colour
from prodedit.core.geometry import Point
from prodedit.core.problem import Problem
from prodedit.core.tiles import Pixels
from prodedit.editing.errands import Errand
from prodedit.gui.panels.adjustments.tone_handle import Grip
from prodedit.gui.panels.section import Section


class Surroundings(Protocol):
    """What controls may ask of the panel that they stand on."""

    @property
    def pixels(self) -> Pixels | None:
        """(h, w, 4) premultiplied BGRA: what the adjustment works on, small; None: not yet."""

    @property
    def clicked(self) -> Point | None:
        """Where in the document the eyedropper took the last colour."""

    def pick(self, take: Callable[[Colour], None], ended: Callable[[], None] | None = None) -> None:
        """Lend the eyedropper for one click, of the picture without this adjustment. `ended`: it
        was given back, after a click or without one."""

    def pull(self, grip: Grip) -> None:
        """Lend the tool that pulls tones of the picture."""

    def give_up_picking(self) -> None:
        """Take back what was lent."""

    def run(self, work: Callable[[], object]) -> Errand:
        """Do something away from the window's thread."""

    def tell(self, problem: Problem) -> None:
        """What could not be done."""


class AdjustmentSection(Section):
    """Shows one adjustment and changes it."""

    previewed = Signal(object)
    """The Adjustment to show for now, while something moves."""
    settled = Signal(object, str)
    """(Adjustment, which field of it): it came to rest."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.around = around

    def show_value(self, adjustment: Any) -> None:
        """Put the values into the controls, without telling anybody."""
        raise NotImplementedError

    def show_pixels(self, pixels: Pixels | None) -> None:
        """What it works on has changed: `around.pixels`."""

    def leave(self) -> None:
        """Another layer is shown from now on; what is half done is dropped."""


def changed(adjustment: Adjustment, path: str, value: object) -> Adjustment:
    """With one field another: "master.hue" is the field `hue` of the part `master`."""
    name, _, inner = path.partition(".")
    if inner:
        value = getattr(adjustment, name)._replace(**{inner: value})
    new: Adjustment = msgspec.structs.replace(adjustment, **{name: value})
    return new


def value_of(adjustment: Adjustment, path: str) -> Any:
    found: Any = adjustment
    for name in path.split("."):
        found = getattr(found, name)
    return found
