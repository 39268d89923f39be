# SPDX-License-Identifier: Apache-2.0
"""The recipes that there are, each a file: those of the program, and the person's own."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.data_files import data_folder, resources_folder
from prodedit.engine import recipe as recipes
from prodedit.engine.library_files import SUFFIX, files_in, key, remove, write
from prodedit.engine.recipe import MOST_BYTES, MOST_LETTERS, Recipe
from prodedit.files.atomic import write_atomic

BUILT_IN = (
    QT_TRANSLATE_NOOP("Recipe", "White square"),
    QT_TRANSLATE_NOOP("Recipe", "Marketplace set"),
    QT_TRANSLATE_NOOP("Recipe", "Transparent"),
    QT_TRANSLATE_NOOP("Recipe", "Larger on white"),
    QT_TRANSLATE_NOOP("Recipe", "Painted backdrop"),
)
"""Names of the recipes in resources/recipes, in the order in which they are offered; to be
translated."""
_LETTERS_OF_A_FILE = 60


class Entry(NamedTuple):
    """A recipe's file. id: its name without the ending. problem: why it can't be used; then there
    is no recipe."""

    id: str
    path: Path
    is_built_in: bool
    recipe: Recipe | None = None
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """In the recipe's own words; of built-in ones English, to be translated as "Recipe"."""
        return self.id if self.recipe is None else self.recipe.name


class RecipeLibrary:
    """`own`: where the person's recipes lie; `built_in`: those of the program, never changed."""

    def __init__(self, own: Path | None = None, built_in: Path | None = None) -> None:
        self.own = data_folder() / "recipes" if own is None else own
        self._built_in = resources_folder() / "recipes" if built_in is None else built_in

    def entries(self) -> tuple[Entry, ...]:
        """The built-in ones, then the person's own by name. Read anew each time: they are few."""
        built_in = sorted(_read_all(self._built_in, True), key=_rank)
        own = sorted(_read_all(self.own, False), key=lambda entry: entry.name.casefold())
        return (*built_in, *own)

    def find(self, word: str) -> Entry:
        """By id, or by name. Raises Problem where there is none, or it can't be used."""
        entries = self.entries()
        by_id = (entry for entry in entries if entry.id == word)
        by_name = (entry for entry in entries if _same(entry.name, word))
        found = next(by_id, None) or next(by_name, None)
        if found is None:
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "There is no recipe “{name}”. There are: {known}."),
                code="unknown-recipe",
                name=word,
                known=", ".join(entry.id for entry in entries),
            )
        if found.problem is not None:
            raise found.problem
        return found

    def add(self, recipe: Recipe) -> Entry:
        """Write a new one. Raises Problem where there is one of that name already, or where it
        can't be written."""
        self._check_name(recipe.name)
        taken = {entry.id.casefold() for entry in self.entries()}
        return self._write(free_id(recipe.name, taken), recipe)

    def change(self, entry_id: str, recipe: Recipe) -> Entry:
        """Write another content, or name, of one that there is. Raises Problem as `add`."""
        self._check_name(recipe.name, but=entry_id)
        return self._write(entry_id, recipe)

    def duplicate(self, entry: Entry, name: str) -> Entry:
        """An own copy; `name` is numbered where it is taken."""
        assert entry.recipe is not None
        return self.add(msgspec.structs.replace(entry.recipe, name=self._free_name(name)))

    def take_in(self, path: Path) -> Entry:
        """A recipe's file becomes an own one; its name is numbered where it is taken. The same
        once more is the one that there is. Raises Problem where the file is none, or can't be
        written."""
        recipe = read_recipe(path)
        for entry in self.entries():
            if entry.recipe is not None and _does_the_same(entry.recipe, recipe):
                return entry
        return self.add(msgspec.structs.replace(recipe, name=self._free_name(recipe.name)))

    def remove(self, entry_id: str) -> None:
        """Nothing where it has gone already. Raises Problem where it can't be."""
        remove(self.own / f"{entry_id}{SUFFIX}")

    def _write(self, entry_id: str, recipe: Recipe) -> Entry:
        path = self.own / f"{entry_id}{SUFFIX}"
        data = recipes.to_bytes(recipe)
        recipes.from_bytes(data)  # nothing is written that could not be read
        write(path, data)
        return Entry(entry_id, path, False, recipe)

    def _free_name(self, name: str) -> str:
        names = {key(one.name) for one in self.entries()}
        free, number = name[:MOST_LETTERS], 2
        while key(free) in names:
            free, number = f"{name[: MOST_LETTERS - 4]} {number}", number + 1
        return free

    def _check_name(self, name: str, but: str = "") -> None:
        if not name.strip():
            raise Problem(QT_TRANSLATE_NOOP("Problem", "A recipe needs a name."), code="no-name")
        if any(_same(entry.name, name) and entry.id != but for entry in self.entries()):
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "There is a recipe “{name}” already. Choose another name."
                ),
                code="name-taken",
                name=name,
            )


def write_recipe(path: Path, recipe: Recipe) -> None:
    """For another computer; whole or not at all. Raises Problem."""
    write_atomic(path, recipes.to_bytes(recipe))


def read_recipe(path: Path) -> Recipe:
    """Raises Problem where the file can't be read, or is no recipe that can be replayed."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "The recipe “{file}” could not be read: {why}."),
            code="not-read",
            file=path.name,
            why=error.strerror or str(error),
        ) from error
    return recipes.from_bytes(data)


def _read_all(folder: Path, built_in: bool) -> list[Entry]:
    return [_read(path, built_in) for path in files_in(folder)]


def _read(path: Path, built_in: bool) -> Entry:
    try:
        return Entry(path.stem, path, built_in, read_recipe(path))
    except Problem as problem:
        return Entry(path.stem, path, built_in, problem=problem)


def _rank(entry: Entry) -> int:
    return BUILT_IN.index(entry.name) if entry.name in BUILT_IN else len(BUILT_IN)


def _does_the_same(one: Recipe, other: Recipe) -> bool:
    """Also where one was numbered because its name was taken."""
    named = one.name == other.name or one.name.startswith(f"{other.name[: MOST_LETTERS - 4]} ")
    return named and (one.steps, one.export) == (other.steps, other.export)


def _same(one: str, other: str) -> bool:
    return key(one) == key(other)


def free_id(name: str, taken: set[str]) -> str:
    """Letters and figures of the name, also Chinese ones: a name that every disk takes."""
    plain = unicodedata.normalize("NFC", name).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    first = "-".join(words)[:_LETTERS_OF_A_FILE].encode()[:180].decode(errors="ignore")
    first = f"recipe-{first}".rstrip("-") if first in _RESERVED else first
    free, number = first, 2
    while free in taken:
        free, number = f"{first}-{number}", number + 1
    return free


_RESERVED = frozenset(
    ("", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Names that Windows keeps for itself."""
