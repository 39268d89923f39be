# SPDX-License-Identifier: Apache-2.0
"""Where each picture's output goes, decided before the run: no two share one, no input is hit."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from prodedit.catalogue.batch.inputs import Gathered
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem


class Planned(NamedTuple):
    """One picture of a batch."""

    source: Path
    output: Path


def plan_file(gathered: Gathered, output: Path) -> tuple[Planned, ...]:
    """The one picture to the one file. Raises Problem where there are several, or a folder."""
    if len(gathered.pictures) != 1 or gathered.folders:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{name}” is the name of one file, but there are {count} pictures. Name a folder.",
            ),
            code="output-is-file",
            name=str(output),
            count=len(gathered.pictures),
        )
    return harmless((Planned(gathered.pictures[0].path, output),))


def plan_folder(gathered: Gathered, output: Path, suffix: str) -> tuple[Planned, ...]:
    """Each picture below the folder `output`, with its own name and the new `suffix`.

    Where two would meet, also on a disk that knows no capitals, each keeps its old ending in its
    name (`a-jpg.png`); where they still meet they are counted (`a-jpg-2.png`).
    Raises Problem where an input would be overwritten.
    """
    if output.exists() and not output.is_dir():
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{name}” is a file. Name a folder for the results."),
            code="output-is-file",
            name=str(output),
        )
    places = distinct_places([found.place for found in gathered.pictures], suffix)
    pairs = zip(gathered.pictures, places, strict=True)
    return harmless(tuple(Planned(found.path, output / place) for found, place in pairs))


def distinct_places(places: Sequence[PurePath], suffix: str) -> list[PurePath]:
    """The outputs' places below the folder, in the same order."""
    plain = [place.with_name(place.stem + suffix) for place in places]
    return distinct(plain, [place.suffix.removeprefix(".") for place in places])


def distinct(
    plain: Sequence[PurePath],
    endings: Sequence[str],
    is_taken: Callable[[PurePath], bool] = lambda place: False,
) -> list[PurePath]:
    """The same places but where two would meet, or one is taken: there `endings`, which each had
    before, come into the names, and where that is not enough numbers."""
    often = Counter(map(spelled, plain))
    # A folder may have the name that a picture wants.
    taken = {spelled(folder) for place in plain for folder in place.parents}

    def free(place: PurePath) -> bool:
        return spelled(place) not in taken and not is_taken(place)

    alone = {n: each for n, each in enumerate(plain) if often[spelled(each)] == 1 and free(each)}
    taken |= {spelled(place) for place in alone.values()}
    chosen: list[PurePath] = []
    for number, place in enumerate(plain):
        if number in alone:
            chosen.append(alone[number])
            continue
        meets = often[spelled(place)] > 1 or not is_taken(place)
        other = next(filter(free, _other_names(place, endings[number] if meets else "")))
        taken.add(spelled(other))
        chosen.append(other)
    return chosen


def _other_names(place: PurePath, ending: str) -> Iterator[PurePath]:
    stem = "-".join(part for part in (place.stem, ending) if part)
    yield place.with_name(stem + place.suffix)
    number = 2
    while True:
        yield place.with_name(f"{stem}-{number}{place.suffix}")
        number += 1


def spelled(place: PurePath | str) -> str:
    """Equal for names that some disks take for the same: capitals, composed letters."""
    return unicodedata.normalize("NFC", os.fspath(place)).casefold()


def harmless(planned: Sequence[Planned], others: Sequence[Path] = ()) -> tuple[Planned, ...]:
    """The same. Raises Problem where an output would take the place of an input, or of one of
    `others`, which are only looked at."""
    inputs = {_whereabouts(path) for path in (*(one.source for one in planned), *others)}
    for picture in planned:
        if picture.output.exists() and _whereabouts(picture.output) in inputs:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "“{name}” would overwrite a picture that is to be read. Photos are never "
                    "changed: choose another folder or name.",
                ),
                code="would-overwrite-input",
                name=str(picture.output),
            )
    return tuple(planned)


def _whereabouts(path: Path) -> tuple[int, int] | str:
    """The file itself, by whatever name or link; its name where it can't be looked at."""
    try:
        status = path.stat()
    except OSError:
        return os.path.normpath(path.absolute())
    return status.st_dev, status.st_ino
