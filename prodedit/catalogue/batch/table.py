# SPDX-License-Identifier: Apache-2.0
"""A table of what a shop knows about its pictures (SKU, GTIN), for their names: a CSV file as
spreadsheets write it, whatever their language."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.naming import field_name
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

MOST_BYTES = 64 << 20
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = ",;\t"
_FILE_COLUMNS = (
    *("file", "filename", "file name", "file_name", "picture", "image", "photo", "name", "stem"),
    *("文件", "文件名", "图片", "图片名", "图片名称", "照片", "名称"),
)
"""By these names the column that names the pictures is known; else it is the first."""
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


class Table(NamedTuple):
    """columns: as `field_name` spells them; rows: column -> value; files: each row's picture."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    files: tuple[str, ...]


class Matched(NamedTuple):
    """rows: for each picture, None where the table has none; unused: names of pictures in the
    table that are not among those that there are."""

    rows: tuple[Mapping[str, str] | None, ...]
    unused: tuple[str, ...]


def read_table(path: Path) -> Table:
    """Raises Problem where it can't be read, is no table, or names a column twice."""
    text = _text(_read(path), path)
    lines = [
        row for row in csv.reader(io.StringIO(text), _dialect(text)) if any(map(str.strip, row))
    ]
    header = tuple(map(field_name, lines[0])) if lines else ()
    twice = [name for name, count in Counter(header).items() if count > 1 and name]
    if len(lines) < 2 or not any(header) or twice:
        raise _no_table(path)
    column = next((header.index(name) for name in _FILE_COLUMNS if name in header), 0)
    rows = [_row(header, line) for line in lines[1:]]
    files = tuple(line[column].strip() if column < len(line) else "" for line in lines[1:])
    return Table(path.name, tuple(name for name in header if name), tuple(rows), files)


def matched(table: Table, pictures: Sequence[Found]) -> Matched:
    """Each picture's row: by its path below the folder, its name, or its name without the ending.

    Raises Problem where none of the pictures has one, or one row says one thing and another
    another."""
    by_key = _by_key(table)
    keys = [_keys(picture.place) for picture in pictures]
    found = [next((key for key in each if key in by_key), None) for each in keys]
    used = {key for key in found if key is not None}
    if not used and pictures:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "No picture is named in “{file}”. Its first column, or one called “file”, has to "
                "hold the names of the pictures.",
            ),
            code="table-matches-nothing",
            file=table.name,
        )
    unused = tuple(name for name in table.files if name and _key(name) not in used)
    return Matched(tuple(None if key is None else by_key[key] for key in found), unused)


def check_column(column: str, table: Table) -> None:
    """Raises Problem where there is none of that name."""
    if column not in table.columns:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{file}” has no column “{column}”. There are: {known}."),
            code="no-column",
            file=table.name,
            column=column,
            known=", ".join(table.columns),
        )


def check_filled(
    matches: Matched, pictures: Sequence[Found], columns: Sequence[str], table: Table
) -> None:
    """Raises Problem where a picture has nothing in one of `columns`, or what a spreadsheet has
    made of a long number."""
    bare = [
        picture.place.as_posix()
        for picture, row in zip(pictures, matches.rows, strict=True)
        if columns and (row is None or not all(map(row.get, columns)))
    ]
    if bare:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{file}” has no {columns} for {count} of {total} pictures: {names}.",
            ),
            code="table-incomplete",
            file=table.name,
            columns=", ".join(columns),
            count=len(bare),
            total=len(pictures),
            names=listed(bare),
        )
    for row in matches.rows:
        for column in columns:
            _check_whole((row or {})[column], column, table)


def complete(table: Table, pictures: Sequence[Found], columns: Sequence[str]) -> tuple[Found, ...]:
    """Those that have all that `columns` ask for already. Raises Problem where the table says two
    things about one."""
    rows = zip(pictures, rows_of(table, pictures), strict=True)
    return tuple(picture for picture, row in rows if row and all(map(row.get, columns)))


def rows_of(table: Table, pictures: Sequence[Found]) -> list[Mapping[str, str] | None]:
    """Each picture's row; None where there is none. Raises Problem as `complete` does."""
    by_key = _by_key(table)
    every = (_keys(picture.place) for picture in pictures)
    return [next((by_key[key] for key in keys if key in by_key), None) for keys in every]


def listed(names: Sequence[str], most: int = 5) -> str:
    """The first few of them."""
    more = f" … (+{len(names) - most})" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _check_whole(value: str, column: str, table: Table) -> None:
    if _SHORTENED.fullmatch(value):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{file}” has “{value}” under {column}: a spreadsheet has shortened a long number. "
                "Give that column the format text, and save it anew.",
            ),
            code="table-shortened",
            file=table.name,
            value=value,
            column=column,
        )


def _by_key(table: Table) -> dict[str, Mapping[str, str]]:
    rows: dict[str, Mapping[str, str]] = {}
    for name, row in zip(table.files, table.rows, strict=True):
        if name and dict(rows.setdefault(_key(name), row)) != dict(row):
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "“{file}” says two different things about “{name}”."),
                code="table-twice",
                file=table.name,
                name=name,
            )
    return rows


def _keys(place: PurePath) -> tuple[str, ...]:
    """The exact ones first."""
    names = (place, place.name, place.with_suffix(""), place.stem)
    return tuple(_key(str(name)) for name in names)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).strip().casefold()


def _row(header: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    return {name: value.strip() for name, value in zip(header, line, strict=False) if name}


def _dialect(text: str) -> type[csv.Dialect]:
    """By the separator of which the first line has most."""
    first = text.split("\n", 1)[0]

    class Spreadsheet(csv.excel):
        delimiter = max(_SEPARATORS, key=first.count)

    return Spreadsheet


def _text(data: bytes, path: Path) -> str:
    for encoding in ("utf-16",) if data.startswith(_UTF_16) else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _no_table(path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The table “{file}” could not be read: {why}."),
            code="not-read",
            file=path.name,
            why=error.strerror or str(error),
        ) from error
    if len(data) > MOST_BYTES:
        raise _no_table(path)
    return data


def _no_table(path: Path) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem",
            "“{file}” is no table: a CSV file needs a first line with a different name for each "
            "column, and a line for each picture.",
        ),
        code="no-table",
        file=path.name,
    )
