# SPDX-License-Identifier: Apache-2.0
"""What a person chose in the Generate panel last; remembered from one start to the next."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]


class StudioChoice(msgspec.Struct, frozen=True):
    """`generator`: its name in the library, "" for the first one; `label`: a class, "" for all."""

    generator: str = ""
    label: str = ""
    count: Annotated[int, msgspec.Meta(ge=4, le=64)] = 16
    unusual: Percent = 50
    """From typical to unusual: 50 is as the generator has learnt."""
    strength: Percent = 50
    """Of variations."""
    cut_out: bool = True
    side: Literal[0, 512, 1024] = 512
    """Of the layer that comes on the canvas; 0: the generator's own."""
    frames: Annotated[int, msgspec.Meta(ge=2, le=120)] = 24
    rate: Annotated[int, msgspec.Meta(ge=1, le=50)] = 12
    """Frames a second of a film."""
    returns: bool = True
    """A film goes there and back."""
