# SPDX-License-Identifier: Apache-2.0
"""What is asked of whoever works on one picture of a batch, and what comes of it: values that
travel to other processes and computers."""

from __future__ import annotations

import msgspec

from prodedit.catalogue.batch.alike import Alike, Common, Facts, outgrows
from prodedit.catalogue.batch.states import Mark, Picture, Sentence, State, Written, changed
from prodedit.core.problem import QT_TRANSLATE_NOOP

_OUTGROWS = QT_TRANSLATE_NOOP(
    "Note",
    "It came after its group was measured, and is larger than the largest then: it fills its frame "
    "as that does. Begin the batch anew to measure the group again.",
)


class Work(msgspec.Struct, frozen=True):
    """What is asked: these outputs of this photo, below the folder `target`. mask: the file of a
    cut-out that is there already, "" for none; keep_mask: where one is put that has to be looked
    at, or wait for others, "" where none has to.

    measures: only that, for its group. facts, common: of it and of its group, once they are known.
    """

    source: str
    outputs: dict[str, str]
    target: str
    mask: str = ""
    keep_mask: str = ""
    measures: bool = False
    facts: Facts | None = None
    common: Common | None = None


class Made(msgspec.Struct, frozen=True):
    """What came of it: `state` "done", "needs-review" or "measured"; the rest as Picture has it.
    small: JPEGs by preset, the photo's under "photo"."""

    state: State
    mark: Mark
    score: float | None = None
    notes: tuple[Sentence, ...] = ()
    fidelity: tuple[float, float] | None = None
    written: dict[str, Written] = {}
    small: dict[str, bytes] = {}
    seconds: float = 0.0
    facts: Facts | None = None


def landed(picture: Picture, made: Made, cut: str) -> Picture:
    """What a picture is after that; cut: digest of what its kept cut-out was made by."""
    second = picture.facts is not None  # the first time is a part of it
    return changed(
        picture,
        stage="",
        fraction=0.0,
        state=made.state,
        score=made.score,
        cut=picture.cut if made.state == "done" else cut,
        seconds=made.seconds + (picture.seconds if second else 0.0),
        notes=_joined(picture.notes, made.notes) if second else made.notes,
        fidelity=made.fidelity,
        written={**picture.written, **made.written},
        mark=made.mark,
        facts=made.facts or picture.facts,
    )


def latecomer(work: Work, alike: Alike | None) -> tuple[Sentence, ...]:
    """What a person should know of one that came after its group was measured."""
    if alike is None or alike.scale != "real" or work.facts is None or work.common is None:
        return ()
    return (Sentence("Note", _OUTGROWS),) if outgrows(work.facts, work.common) else ()


def _joined(old: tuple[Sentence, ...], new: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return (*old, *(each for each in new if each not in old))
