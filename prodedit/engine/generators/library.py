# SPDX-License-Identifier: Apache-2.0
"""Which generators there are: those that the program ships, and the person's own. No torch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.data_files import data_folder, models_folder
from prodedit.engine.generators.card import CARD, GeneratorCard
from prodedit.engine.generators.container import SUFFIX, read_card, read_members, write


class Shelved(NamedTuple):
    """A generator in the library. `broken`: why it can't be used; `card` is None then."""

    name: str
    path: Path
    card: GeneratorCard | None
    own: bool
    broken: Problem | None = None


class GeneratorLibrary:
    """own: the folder of the person's generators; shipped: of those that came with the program."""

    def __init__(self, own: Path, shipped: Path) -> None:
        self.own = own
        self.shipped = shipped

    def __iter__(self) -> Iterator[Shelved]:
        """The person's own first; each name once. Broken ones are told of, too."""
        seen: set[str] = set()
        for folder, pattern, own in ((self.own, f"*{SUFFIX}", True), (self.shipped, "*", False)):
            for path in sorted(folder.glob(pattern)) if folder.is_dir() else ():
                name = path.name.removesuffix(SUFFIX)
                if name in seen or not (own or (path / CARD).is_file()):
                    continue
                seen.add(name)
                yield _shelved(name, path, own=own)

    def find(self, name: str) -> Path:
        """The file, or folder, of the generator that is called so; also any file's path. Raises
        Problem where there is none."""
        for path in (self.own / f"{name}{SUFFIX}", self.shipped / name, Path(name)):
            if path.is_file() or (path / CARD).is_file():
                return path
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "There is no generator “{name}”. There are: {known}."),
            code="unknown-generator",
            name=name,
            known=", ".join(one.name for one in self) or "-",
        )

    def add(self, file: Path) -> str:
        """Put a copy of a generator's file here, checked; its name. Raises Problem."""
        read_card(file)
        stem = file.name.removesuffix(SUFFIX)
        self.own.mkdir(parents=True, exist_ok=True)
        numbers = (f"{stem}-{n}" for n in count(2))
        names = (self.own / f"{name}{SUFFIX}" for name in chain([stem], numbers))
        path = next(path for path in names if not path.exists())
        self.copy(file, path)
        return path.name.removesuffix(SUFFIX)

    def copy(self, source: Path, target: Path) -> None:
        """All that a generator is, as one file. Raises Problem."""
        write(target, read_members(source))

    def remove(self, name: str) -> None:
        """Delete one of the person's own. Raises Problem where it is none of them."""
        path = self.own / f"{name}{SUFFIX}"
        if not path.is_file():
            raise Problem(
                QT_TRANSLATE_NOOP("Problem", "“{name}” is no generator of yours."),
                code="not-your-generator",
                name=name,
            )
        path.unlink()


def default_library() -> GeneratorLibrary:
    """This user's."""
    return GeneratorLibrary(data_folder() / "generators", models_folder())


def _shelved(name: str, path: Path, *, own: bool) -> Shelved:
    try:
        return Shelved(name, path, read_card(path), own)
    except Problem as problem:
        return Shelved(name, path, None, own, problem)
