# SPDX-License-Identifier: Apache-2.0
"""The presets that there are, each a file: those of the program, and the person's own copies."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from prodedit.core import presets
from prodedit.core.presets import MOST_BYTES, MOST_LETTERS, Preset
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.data_files import data_folder, resources_folder
from prodedit.engine.library_files import SUFFIX, files_in, key, remove, write
from prodedit.engine.recipe_library import free_id

BUILT_IN = (
    QT_TRANSLATE_NOOP("Preset", "AliExpress main picture"),
    QT_TRANSLATE_NOOP("Preset", "Amazon main picture"),
    QT_TRANSLATE_NOOP("Preset", "Amazon further pictures"),
    QT_TRANSLATE_NOOP("Preset", "eBay"),
    QT_TRANSLATE_NOOP("Preset", "Etsy"),
    QT_TRANSLATE_NOOP("Preset", "Google Merchant"),
    QT_TRANSLATE_NOOP("Preset", "JD main picture"),
    QT_TRANSLATE_NOOP("Preset", "Pinduoduo home banner"),
    QT_TRANSLATE_NOOP("Preset", "Pinduoduo detail"),
    QT_TRANSLATE_NOOP("Preset", "Pinduoduo long picture"),
    QT_TRANSLATE_NOOP("Preset", "Pinduoduo carousel"),
    QT_TRANSLATE_NOOP("Preset", "Shopify"),
    QT_TRANSLATE_NOOP("Preset", "Taobao 3:4"),
    QT_TRANSLATE_NOOP("Preset", "Taobao main picture"),
    QT_TRANSLATE_NOOP("Preset", "Taobao white background"),
    QT_TRANSLATE_NOOP("Preset", "Temu main picture"),
    QT_TRANSLATE_NOOP("Preset", "Temu clothing 3:4"),
    QT_TRANSLATE_NOOP("Preset", "TikTok Shop main picture"),
    QT_TRANSLATE_NOOP("Preset", "Tmall activity"),
    QT_TRANSLATE_NOOP("Preset", "Tmall transparent"),
    QT_TRANSLATE_NOOP("Preset", "Walmart"),
    QT_TRANSLATE_NOOP("Preset", "Walmart swatch"),
)
"""Names of the presets in resources/presets, to be translated."""


class Entry(NamedTuple):
    """A preset's file. id: its name without the ending. problem: why it can't be used; then there
    is no preset."""

    id: str
    path: Path
    is_built_in: bool
    preset: Preset | None = None
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """In the preset's own words; of built-in ones English, to be translated as "Preset"."""
        return self.id if self.preset is None else self.preset.name


class PresetLibrary:
    """`own`: where the person's presets lie; `built_in`: those of the program, never changed."""

    def __init__(self, own: Path | None = None, built_in: Path | None = None) -> None:
        self.own = data_folder() / "presets" if own is None else own
        self._built_in = resources_folder() / "presets" if built_in is None else built_in

    def entries(self) -> tuple[Entry, ...]:
        """The built-in ones, then the person's own by name. Read anew each time: they are few."""
        own = sorted(_read_all(self.own, False), key=lambda entry: entry.name.casefold())
        return (*_read_all(self._built_in, True), *own)

    def find(self, word: str) -> tuple[str, Preset]:
        """(id, preset) by id, or by name. Raises Problem where there is none, or it can't be
        used."""
        entries = self.entries()
        by_id = (entry for entry in entries if entry.id == word)
        by_name = (entry for entry in entries if key(entry.name) == key(word))
        found = next(by_id, None) or next(by_name, None)
        if found is None:
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "There is no preset “{name}”. There are: {known}."),
                code="unknown-preset",
                name=word,
                known=", ".join(entry.id for entry in entries),
            )
        if found.problem is not None:
            raise found.problem
        assert found.preset is not None
        return found.id, found.preset

    def copy(self, word: str, name: str) -> Entry:
        """An own copy of one that there is, to be changed. Raises Problem where there is one of
        that name already, or where it can't be written."""
        _, preset = self.find(word)
        name = name.strip()[:MOST_LETTERS]
        self._check_name(name)
        taken = {entry.id.casefold() for entry in self.entries()}
        return self._write(free_id(name, taken), msgspec.structs.replace(preset, name=name))

    def add(self, preset: Preset) -> Entry:
        """One that came from elsewhere; where its name is taken, with a number behind it. Raises
        Problem where it can't be written."""
        entries = self.entries()
        known = {key(word) for entry in entries for word in (entry.name, entry.id)}
        first = name = preset.name.strip()[: MOST_LETTERS - 4] or preset.platform
        number = 2
        while key(name) in known:
            name, number = f"{first} {number}", number + 1
        taken = {entry.id.casefold() for entry in entries}
        return self._write(free_id(name, taken), msgspec.structs.replace(preset, name=name))

    def change(self, entry_id: str, preset: Preset) -> Entry:
        """Write another content of an own one. Raises Problem as `copy`."""
        self._check_name(preset.name, but=entry_id)
        return self._write(entry_id, preset)

    def remove(self, entry_id: str) -> None:
        """An own one; nothing where it has gone already. Raises Problem where it can't be."""
        remove(self.own / f"{entry_id}{SUFFIX}")

    def _write(self, entry_id: str, preset: Preset) -> Entry:
        path = self.own / f"{entry_id}{SUFFIX}"
        data = presets.to_bytes(preset)
        presets.from_bytes(data)  # nothing is written that could not be read
        write(path, data)
        return Entry(entry_id, path, False, preset)

    def _check_name(self, name: str, but: str = "") -> None:
        if not name:
            raise Problem(QT_TRANSLATE_NOOP("Problem", "A preset needs a name."), code="no-name")
        others = (entry for entry in self.entries() if entry.id != but)
        if any(key(name) in (key(entry.name), key(entry.id)) for entry in others):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "There is a preset “{name}” already. Choose another name."
                ),
                code="name-taken",
                name=name,
            )


def read_preset(path: Path) -> Preset:
    """Raises Problem where the file can't be read, or is no preset that can be used."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The preset “{file}” could not be read: {why}."),
            code="not-read",
            file=path.name,
            why=error.strerror or str(error),
        ) from error
    return presets.from_bytes(data)


def _read_all(folder: Path, built_in: bool) -> list[Entry]:
    return [_read(path, built_in) for path in files_in(folder)]


def _read(path: Path, built_in: bool) -> Entry:
    try:
        return Entry(path.stem, path, built_in, read_preset(path))
    except Problem as problem:
        return Entry(path.stem, path, built_in, problem=problem)
