# SPDX-License-Identifier: Apache-2.0
"""What a person is told about a project file that was opened, though nothing failed."""

from __future__ import annotations

from dataclasses import dataclass

from prodedit.core.problem import QT_TRANSLATE_NOOP

NOTES = {
    "damaged-layer": QT_TRANSLATE_NOOP(
        "Note", "The layer “{layer}” is damaged; what could be read of it was opened."
    ),
    "lost-layer": QT_TRANSLATE_NOOP("Note", "The layer “{layer}” is damaged and was left out."),
    "cut-file": QT_TRANSLATE_NOOP(
        "Note", "The end of this file is missing; what is left of it was opened."
    ),
    "lost-description": QT_TRANSLATE_NOOP(
        "Note",
        "ProdEdit's own part of this file is damaged; masks and originals were lost, the picture "
        "was opened as other programs see it.",
    ),
    "lost-selection": QT_TRANSLATE_NOOP("Note", "The selection in this file is damaged."),
    "changed-layer": QT_TRANSLATE_NOOP(
        "Note",
        "Another program changed the layer “{layer}”; its picture was taken, without the mask and "
        "original that ProdEdit had kept.",
    ),
    "changed-clips": QT_TRANSLATE_NOOP(
        "Note",
        "Another program changed the layer “{layer}” together with what is clipped to it; that "
        "picture was taken. Your own layers are kept below it, hidden.",
    ),
    "changed-stack": QT_TRANSLATE_NOOP(
        "Note",
        "Another program changed the layers of this file; its order and settings were taken.",
    ),
    "unknown-mode": QT_TRANSLATE_NOOP(
        "Note", "The layer “{layer}” uses a blend mode that ProdEdit lacks; it is shown as normal."
    ),
    "unsupported-layer": QT_TRANSLATE_NOOP(
        "Note", "The layer “{layer}” is of a kind that ProdEdit can't read and was left out."
    ),
}


@dataclass(frozen=True)
class ProjectNote:
    """`code` chooses the sentence in NOTES (context "Note"); `layer` fills it."""

    code: str
    layer: str = ""

    @property
    def text(self) -> str:
        """The English template, the key of its translation."""
        return NOTES[self.code]

    @property
    def values(self) -> dict[str, str]:
        return {"layer": self.layer}

    def __str__(self) -> str:
        return self.text.format(layer=self.layer)
