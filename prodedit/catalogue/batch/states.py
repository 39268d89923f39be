# SPDX-License-Identifier: Apache-2.0
"""Where each picture of a batch is, as values that survive JSON and travel to other computers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from prodedit.catalogue.batch.alike import Facts
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

State = Literal[
    "waiting", "at-work", "needs-review", "measured", "accepted", "done", "failed", "skipped"
]
STATES: Mapping[State, str] = {
    "waiting": QT_TRANSLATE_NOOP("BatchState", "Waiting"),
    "at-work": QT_TRANSLATE_NOOP("BatchState", "At work"),
    "needs-review": QT_TRANSLATE_NOOP("BatchState", "To be looked at"),
    "measured": QT_TRANSLATE_NOOP("BatchState", "Waits for its group"),
    "accepted": QT_TRANSLATE_NOOP("BatchState", "Accepted"),
    "done": QT_TRANSLATE_NOOP("BatchState", "Done"),
    "failed": QT_TRANSLATE_NOOP("BatchState", "Failed"),
    "skipped": QT_TRANSLATE_NOOP("BatchState", "Left out"),
}
"""State -> its English word, to be translated in the context "BatchState"."""
READY: tuple[State, ...] = ("accepted", "waiting")
"""Something can be done to these. What a person has just looked at comes first."""


class Sentence(msgspec.Struct, frozen=True):
    """Something told to a person: an English template with {names}, to be translated in `context`
    ("Problem", "Note", "Remark") where it is shown."""

    context: str
    text: str
    values: dict[str, Any] = {}

    def __str__(self) -> str:
        return self.text.format(**self.values)


class Mark(msgspec.Struct, frozen=True):
    """By what a changed file is known. time: of the last change, in nanoseconds."""

    nbytes: int
    time: int
    sha256: str


class Told(msgspec.Struct, frozen=True):
    """A rule that a written file does not pass for sure: what was measured, and what follows."""

    rule: str
    weight: str
    outcome: str
    measured: float | str | None = None


class Written(msgspec.Struct, frozen=True):
    """A file that was made. digest: of all that it was made by (recipe, preset); outcome:
    "passes", "fails" or "confirm" by its preset, "" where there is none; told: see there."""

    path: str
    digest: str
    nbytes: int
    outcome: str = ""
    told: tuple[Told, ...] = ()


class Picture(msgspec.Struct, frozen=True):
    """One picture of a batch, as it is now.

    number:    its place in the batch, from 0; its name in all calls and events.
    source:    the photo's path. place: below the output folder, with the old name.
    outputs:   by preset ("" for the recipe's own setting): the paths of the files.
    written:   by preset, those that are made.
    sentence:  why it failed; `code` the same for programs.
    score:     0..1, how far its cut-out may be trusted; None where there is none.
    cut:       digest of what its kept cut-out was made by; "" where none is kept.
    corrected: a person has changed its mask.
    mark:      of the photo when it was last worked on.
    group:     the name of those that it is made like; "": it is by itself. facts: what was measured
               of it for them; None: not yet.
    fidelity:  (SSIM, CIEDE2000) of the last new pixels inside the product.
    stage, fraction: what is being done to it, "reading", "cutting", "making", "checking", and how
               far that is in all, 0..1; only while it is at work.
    """

    number: int
    source: str
    place: str
    outputs: dict[str, str]
    state: State = "waiting"
    code: str = ""
    sentence: Sentence | None = None
    score: float | None = None
    cut: str = ""
    corrected: bool = False
    seconds: float = 0.0
    notes: tuple[Sentence, ...] = ()
    fidelity: tuple[float, float] | None = None
    written: dict[str, Written] = {}
    mark: Mark | None = None
    group: str = ""
    facts: Facts | None = None
    stage: str = ""
    fraction: float = 0.0

    @property
    def message(self) -> str:
        """Why it failed, in English."""
        return "" if self.sentence is None else str(self.sentence)

    @property
    def needs_no_mask(self) -> bool:
        """Its cut-out was only kept until others of its group were measured."""
        return bool(self.group) and not self.corrected

    @property
    def uncertainty(self) -> float:
        """0..1, of its cut-out: by this the queue of those to be looked at is ordered."""
        return 0.0 if self.score is None else 1.0 - self.score

    @property
    def left(self) -> dict[str, str]:
        """The outputs that are still to be made."""
        return {key: path for key, path in self.outputs.items() if key not in self.written}

    @property
    def outcome(self) -> str:
        """The worst of what was found of its files; "" where nothing was looked at."""
        found = {written.outcome for written in self.written.values()}
        return next((each for each in ("fails", "confirm", "passes") if each in found), "")


def changed(picture: Picture, **fields: Any) -> Picture:
    """The next value of a picture."""
    next_one: Picture = msgspec.structs.replace(picture, **fields)
    return next_one


def looked_at(picture: Picture, state: State, *, corrected: bool) -> Picture:
    """A person has said what becomes of it. One of a group waits for the others then, and with
    another cut-out is measured again."""
    facts = None if corrected else picture.facts
    waits = state == "accepted" and facts is not None
    next_state: State = "measured" if waits else state
    mended = corrected or picture.corrected
    return changed(picture, state=next_state, corrected=mended, facts=facts)


def rank_of(picture: Picture) -> tuple[int, int] | None:
    """By which pictures have their turn; None: nothing is to be done to it."""
    return (READY.index(picture.state), picture.number) if picture.state in READY else None


def anew(picture: Picture) -> Picture:
    """As if nothing had been done to it yet."""
    fresh = Picture(picture.number, picture.source, picture.place, picture.outputs)
    return changed(fresh, group=picture.group)


def waiting_again(picture: Picture) -> Picture:
    """What failed has another try."""
    return changed(picture, state="waiting", code="", sentence=None)


def failed(picture: Picture, problem: Problem, seconds: float = 0.0) -> Picture:
    """What went wrong with it is its state."""
    return changed(
        picture,
        state="failed",
        code=problem.code,
        sentence=sentence_of(problem),
        seconds=seconds,
        stage="",
        fraction=0.0,
    )


def sentence_of(problem: Problem) -> Sentence:
    return Sentence("Problem", problem.text, plain_values(problem.values))


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON can hold them."""
    return {
        name: value if isinstance(value, bool | int | float | str) else str(value)
        for name, value in values.items()
    }


def mark_of(source: Path) -> Mark:
    """Of a file that can't be read, one that no other has: why that is, whoever opens it tells."""
    try:
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        status = source.stat()
    except OSError:
        return Mark(-1, -1, "")
    return Mark(status.st_size, status.st_mtime_ns, digest)
