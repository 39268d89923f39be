# SPDX-License-Identifier: Apache-2.0
"""What a person and the program remember of pictures: ratings, exports, the recipe, what fails.

One file in the person's data folder holds it for all folders, so that nothing is ever written
beside the photos. A picture that was renamed or moved keeps its marks: it is known again by its
size and the time of its content, where the old name is gone.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec

from prodedit.catalogue.folder.listing import Picture
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.data_files import data_folder

_log = logging.getLogger(__name__)
MARKS_VARIABLE = "PRODEDIT_MARKS"
MOST_STARS = 5
_AT_ONCE = 400
_WAIT = 5.0
"""Seconds: another window may be writing."""
_TABLE = """CREATE TABLE IF NOT EXISTS marks
    (path TEXT PRIMARY KEY, content TEXT NOT NULL, mark BLOB NOT NULL) WITHOUT ROWID"""
_INDEX = "CREATE INDEX IF NOT EXISTS by_content ON marks (content)"


class Failing(msgspec.Struct, frozen=True):
    """A preset, by its id, that was checked, and the titles of the rules that failed (English, to
    be translated in the context "Rule"); none: it passes."""

    preset: str
    rules: tuple[str, ...] = ()


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """stars: 0..5. project: where it was saved to; exported: the last file that was made of it;
    recipe: the id of the one that was applied before that; checked: when its content was `of`."""

    stars: int = 0
    project: str = ""
    exported: str = ""
    recipe: str = ""
    checked: tuple[Failing, ...] = ()
    of: str = ""

    @property
    def fails(self) -> tuple[Failing, ...]:
        return tuple(one for one in self.checked if one.rules)

    def with_checked(self, failing: Failing, content: str) -> Mark:
        """With the outcome of one preset in the place of its last one; those of a file that has
        another content now say nothing any more."""
        rest = self.checked if self.of == content else ()
        others = tuple(one for one in rest if one.preset != failing.preset)
        return msgspec.structs.replace(self, checked=(*others, failing), of=content)

    def now(self, content: str) -> Mark:
        """Without what was checked of another content."""
        if self.of == content or not self.checked:
            return self
        return msgspec.structs.replace(self, checked=(), of="")


NO_MARK = Mark()
Change = Callable[[Mark], Mark]


def marks_path(environ: Mapping[str, str] = os.environ) -> Path:
    said = environ.get(MARKS_VARIABLE)
    return Path(said) if said else data_folder() / "pictures.sqlite"


class Marks:
    """The file. Every call opens it anew, so it may be used from any thread, and by several windows
    at once. What can't be read is put aside, and begun anew."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or marks_path()

    def read(self, pictures: Sequence[Picture]) -> dict[Path, Mark]:
        """Of those that have any. Raises Problem."""
        found: dict[Path, Mark] = {}
        with self._opened() as database:
            for some in _portions(pictures):
                found |= self._known(database, some)
                self._follow(database, [one for one in some if one.path not in found], found)
        return found

    def change(self, pictures: Sequence[Picture], change: Change) -> None:
        """What is remembered of these from now on, of all or, with a Problem, of none."""
        with self._opened() as database:
            for picture in pictures:
                _change(database, picture, change)

    def _known(self, database: sqlite3.Connection, pictures: Sequence[Picture]) -> dict[Path, Mark]:
        places = {_name(one.path): one for one in pictures}
        rows = database.execute(
            f"SELECT path, mark FROM marks WHERE path IN ({_holders(places)})", list(places)
        )
        return {places[name].path: _mark(data).now(places[name].content) for name, data in rows}

    def _follow(
        self, database: sqlite3.Connection, strangers: Sequence[Picture], found: dict[Path, Mark]
    ) -> None:
        """Marks of files that have another name now."""
        by_content = {one.content: one for one in strangers}
        rows = database.execute(
            f"SELECT path, content, mark FROM marks WHERE content IN ({_holders(by_content)})",
            list(by_content),
        )
        for name, content, data in rows.fetchall():
            picture = by_content.get(content)
            if picture is not None and not os.path.lexists(_path(name)):
                del by_content[content]
                where = (_name(picture.path), name)
                database.execute("UPDATE OR REPLACE marks SET path = ? WHERE path = ?", where)
                found[picture.path] = _mark(data)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """In one transaction, all or nothing. Raises Problem."""
        try:
            with closing(self._connected()) as database, database:
                database.execute("BEGIN IMMEDIATE")
                yield database
        except (sqlite3.Error, OSError) as error:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "What is remembered of your pictures could not be kept: {why}."
                ),
                code="marks-not-kept",
                why=str(error),
            ) from error

    def _connected(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _begun(self.path)
        except sqlite3.OperationalError:
            raise  # no place, no right, another window: the file itself may be sound
        except sqlite3.DatabaseError as error:
            aside = self.path.with_suffix(".damaged")
            _log.warning("%s is damaged (%s) and is put aside as %s", self.path, error, aside)
            with suppress(FileNotFoundError):  # another window did it
                self.path.replace(aside)
            return _begun(self.path)


def _begun(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        database.execute(_TABLE)
        database.execute(_INDEX)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _change(database: sqlite3.Connection, picture: Picture, change: Change) -> None:
    name = _name(picture.path)
    row = database.execute("SELECT mark FROM marks WHERE path = ?", (name,)).fetchone()
    mark = change(_mark(row[0]) if row else NO_MARK)
    if mark == NO_MARK:
        database.execute("DELETE FROM marks WHERE path = ?", (name,))
    else:
        values = (name, picture.content, msgspec.json.encode(mark))
        database.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", values)


def _mark(data: bytes) -> Mark:
    try:
        return msgspec.json.decode(data, type=Mark)
    except msgspec.DecodeError:
        return NO_MARK


def _name(path: Path) -> bytes:
    """Also of names that are no text."""
    return os.fsencode(path)


def _path(name: bytes) -> Path:
    return Path(os.fsdecode(name))


def _holders(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)


def _portions(pictures: Sequence[Picture]) -> Iterator[Sequence[Picture]]:
    for start in range(0, len(pictures), _AT_ONCE):
        yield pictures[start : start + _AT_ONCE]
