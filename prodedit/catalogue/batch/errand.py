# SPDX-License-Identifier: Apache-2.0
"""What is asked of whoever works on one picture of a batch, and what comes of it: values that
travel to other processes and computers."""

from __future__ import annotations

import msgspec

from prodedit.catalogue.batch.alike import Common, Facts
from prodedit.catalogue.batch.states import Mark, Picture, Sentence, State, Written, changed


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


def _joined(old: tuple[Sentence, ...], new: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return (*old, *(each for each in new if each not in old))
