# SPDX-License-Identifier: Apache-2.0
"""How far a picture of a batch that was begun is, by what lies on the disk now."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from prodedit.catalogue.batch.states import Mark, Picture, State, anew, changed, mark_of

MASKS = "masks"


class Marks(NamedTuple):
    """By what it is known whether the same was done: digests of files and of cut-outs; `review` as
    Doing has it; groups: names of those of which is known what they have in common."""

    files: Mapping[str, str]
    cut: str
    review: float
    groups: Collection[str] = ()


class Checked(NamedTuple):
    """What became of one picture that was known."""

    picture: Picture
    is_other: bool = False
    is_lost: bool = False


def checked(picture: Picture, marks: Marks, folder: Path) -> Checked:
    """As far as it is by what lies on the disk now."""
    is_other = picture.mark is not None and not _is_same(Path(picture.source), picture.mark)
    if is_other:
        mask_file(folder, picture.source).unlink(missing_ok=True)
        picture = anew(picture)
    mine = {
        key: written
        for key, written in picture.written.items()
        if marks.files.get(key) == written.digest and picture.outputs.get(key) == written.path
    }
    whole = {key: each for key, each in mine.items() if _nbytes(each.path) == each.nbytes}
    facts = picture.facts if picture.cut == marks.cut else None  # another cut-out has others
    next_one = changed(
        picture, written=whole, code="", sentence=None, stage="", fraction=0.0, facts=facts
    )
    state = _state(next_one, marks, folder)
    if state == "waiting" and picture.group not in marks.groups:
        next_one = changed(next_one, facts=None)
    return Checked(changed(next_one, state=state), is_other, len(whole) < len(mine))


def _state(picture: Picture, marks: Marks, folder: Path) -> State:
    if not picture.outputs or picture.state == "skipped":
        return "skipped"
    if not picture.left:
        return "done"
    has_mask = mask_file(folder, picture.source).is_file() and picture.cut == marks.cut
    if not has_mask:
        return "waiting"
    is_doubtful = picture.state == "needs-review" and (picture.score or 0.0) < marks.review
    waits = bool(picture.group) and picture.facts is not None
    return "needs-review" if is_doubtful else "measured" if waits else "accepted"


def _is_same(source: Path, mark: Mark) -> bool:
    """The photo is still the one that was worked on; its bytes decide where its time does not."""
    try:
        status = source.stat()
    except OSError:
        return False
    if status.st_size != mark.nbytes:
        return False
    return status.st_mtime_ns == mark.time or mark_of(source).sha256 == mark.sha256


def _nbytes(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return -1


def source_of(path: Path) -> str:
    """By which a photo is known again, also from another folder."""
    return os.path.normpath(path.absolute())


def id_of(source: str) -> str:
    return hashlib.sha256(os.fsencode(source)).hexdigest()[:20]


def mask_file(folder: Path, source: str) -> Path:
    return folder / MASKS / f"{id_of(source)}.zip"
