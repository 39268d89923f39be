# SPDX-License-Identifier: Apache-2.0
"""A decoded picture, what is told about it, and the limits within which pictures are opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP
from prodedit.files.facts import Facts
from prodedit.files.metadata import Metadata


class Limits(NamedTuple):
    """What one picture may cost. `memory` is the decoder process's address space in bytes."""

    pixels: int = 200_000_000  # with alpha and a copy, this is what the memory below holds
    side: int = 32_767  # Qt's raster engine paints no further
    file_bytes: int = 1 << 30
    seconds: float = 30.0
    memory: int = 2 << 30

    @classmethod
    def from_words(cls, words: Sequence[str]) -> "Limits":
        """From a command line, as `str` of each field wrote it."""
        pixels, side, file_bytes, seconds, memory = words
        return cls(int(pixels), int(side), int(file_bytes), float(seconds), int(memory))


LIMITS = Limits()


@dataclass(frozen=True)
class Note:
    """Something a person should know about an opened picture; not a failure.

    `code` chooses the sentence in NOTES; `values` fill it.
    """

    code: str
    values: tuple[tuple[str, str | int], ...] = ()

    @property
    def text(self) -> str:
        """The English template, the key of its translation (context "Note")."""
        return NOTES[self.code]

    def __str__(self) -> str:
        return self.text.format(**dict(self.values))

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "values": dict(self.values)}

    @classmethod
    def from_json(cls, value: Any) -> "Note":
        """Raises KeyError or TypeError for what `to_json` never wrote."""
        NOTES[value["code"]]
        pairs = ((str(name), _plain(item)) for name, item in value["values"].items())
        return cls(value["code"], tuple(pairs))


def _plain(value: Any) -> str | int:
    return value if isinstance(value, int) else str(value)


NOTES = {
    "cmyk": QT_TRANSLATE_NOOP(
        "Note", "The colours were made for print (CMYK) and were converted for the screen."
    ),
    "lab": QT_TRANSLATE_NOOP("Note", "The colours were converted from Lab."),
    "deep": QT_TRANSLATE_NOOP(
        "Note", "This picture has {bits} bits a colour; it was opened with 8, finely dithered."
    ),
    "developed": QT_TRANSLATE_NOOP(
        "Note",
        "This raw photo was developed with the camera's own white balance; it was opened with 8 "
        "bits a colour.",
    ),
    "float": QT_TRANSLATE_NOOP(
        "Note", "This picture stores brightness as fractions; it was opened with 8 bits a colour."
    ),
    "profile": QT_TRANSLATE_NOOP("Note", "The colours were converted from {profile} to sRGB."),
    "profile-broken": QT_TRANSLATE_NOOP(
        "Note", "The colour profile in this file is broken; the colours were taken as sRGB."
    ),
    "animation": QT_TRANSLATE_NOOP(
        "Note", "This is an animation; only the first of {frames} pictures was opened."
    ),
    "long-animation": QT_TRANSLATE_NOOP(
        "Note", "This is an animation; only its first picture was opened."
    ),
    "pages": QT_TRANSLATE_NOOP("Note", "This file has {pages} pages; only the first was opened."),
    "damaged": QT_TRANSLATE_NOOP(
        "Note", "This picture is damaged; about {percent} % of it could be read."
    ),
    "photoshop-pixels": QT_TRANSLATE_NOOP(
        "Note", "Text and smart objects were opened as pixels: {layers}."
    ),
    "photoshop-lost": QT_TRANSLATE_NOOP(
        "Note",
        "Adjustments, effects or fills that ProdEdit lacks were left out, so the picture may look "
        "different: {layers}.",
    ),
    "photoshop-modes": QT_TRANSLATE_NOOP(
        "Note",
        "These layers use a blend mode that ProdEdit lacks and are shown as normal: {layers}.",
    ),
    "photoshop-damaged": QT_TRANSLATE_NOOP(
        "Note", "These layers are damaged and were opened empty: {layers}."
    ),
    "photoshop-merged": QT_TRANSLATE_NOOP(
        "Note",
        "The layers of this file are not in RGB or grey; its merged picture was opened instead.",
    ),
    "photoshop-unread": QT_TRANSLATE_NOOP(
        "Note", "The layers of this file could not be read; its merged picture was opened instead."
    ),
}


_NOTHING_TOLD = Facts()


@dataclass(frozen=True, eq=False)
class Photo:
    """A picture as it came in.

    `pixels`: (h, w, 3) RGB or (h, w, 4) RGBA, uint8, straight alpha, sRGB, turned upright.
    `size`: of the whole picture; `pixels` of a thumbnail are smaller. `facts`: of the file.
    """

    pixels: NDArray[np.uint8]
    metadata: Metadata
    notes: tuple[Note, ...]
    size: Size
    facts: Facts = _NOTHING_TOLD
