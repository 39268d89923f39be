# SPDX-License-Identifier: Apache-2.0
"""Tools that can be told something by fields over the canvas."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance

from prodedit.core.edits.pouring import Shape
from prodedit.core.paint.inks import Tones


class Choices(NamedTuple):
    """smoothing: 0..1, how lazily the brush follows; aligned: the source of a clone goes along
    with the pointer between strokes; all_layers: it looks at the picture as it shows; finds: a
    source is looked for; tones: which the dodge and burn tools change; more: the sponge makes
    colours stronger; tolerance: 0..255, how unlike a colour may be; joined: only what hangs
    together; smooth: no steps at the edge; pour: 0..1, how opaque; shape, fades, turned: of a
    gradient, which goes to nothing, or the other way round; sample: pixels each way of which the
    mean is taken; variant: which of several answers."""

    smoothing: float = 0.0
    aligned: bool = True
    all_layers: bool = False
    finds: bool = True
    tones: Tones = "midtones"
    more: bool = True
    tolerance: int = 32
    joined: bool = True
    smooth: bool = True
    pour: float = 1.0
    shape: Shape = "linear"
    fades: bool = False
    turned: bool = False
    sample: int = 1
    variant: int = 0


@runtime_checkable
class Kept(Protocol):
    """What such a tool was told is kept from one picture, and one start, to the next."""

    id: ClassVar[str]

    @property
    def settings_changed(self) -> SignalInstance: ...

    def value_of(self, name: str) -> object: ...

    def first_of(self, name: str) -> object:
        """As it is for somebody who has told it nothing."""
        ...

    def set_value(self, name: str, value: Any) -> None: ...


@runtime_checkable
class Told(Kept, Protocol):
    """fields: names of what it can be told, in their order; more_fields: what is rarely asked for.
    `gui/paint_options.py` has a widget for each name."""

    fields: ClassVar[tuple[str, ...]]
    more_fields: ClassVar[tuple[str, ...]]
