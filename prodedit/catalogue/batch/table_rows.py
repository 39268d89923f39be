# SPDX-License-Identifier: Apache-2.0
"""Lines of a table that somebody goes on writing while a folder is watched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from prodedit.catalogue.batch import table
from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.naming import Pattern
from prodedit.catalogue.batch.table import Table
from prodedit.catalogue.batch.watching import Stand, stand_of


class TableRows:
    """Of a file, read again when it has changed; what `pattern` names has to be in each."""

    def __init__(self, path: Path, pattern: Pattern) -> None:
        self._path = path
        self._columns = sorted(pattern.columns)
        self._stand: Stand | None = None
        self._table: Table | None = None

    def row(self, found: Found) -> Mapping[str, str]:
        """A picture's line. Raises Problem where there is none yet, or not all of it, or where the
        table can't be read."""
        stand = stand_of(self._path)
        if self._table is None or stand != self._stand:
            self._table, self._stand = table.read_table(self._path), stand
        (row,) = table.rows_of(self._table, [found])
        matches = table.Matched((row,), ())
        table.check_filled(matches, [found], self._columns, self._table)
        return row or {}
