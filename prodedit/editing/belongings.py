# SPDX-License-Identifier: Apache-2.0
"""What a person takes along to another computer, as one file: settings, own recipes and presets,
generators, networks. No picture, and no name of one.

The file is a zip of `settings.json` and of what lies in the data folder, under the same names. It
may come from anybody: only members with names that we would have given are written, none beyond its
size, and nothing that is there already is lost.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, Literal, NamedTuple

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.editing.settings import Settings, with_places_of, without_places
from prodedit.editing.settings_form import read_settings
from prodedit.files.atomic import write_atomic

Part = Literal["settings", "recipes", "presets", "generators", "models"]
Tell = Callable[[float], None]
"""The share that is done, 0 .. 1; may raise Cancelled."""
SETTINGS = "settings.json"
SUFFIX = ".prodedit"
_MEMBERS: Mapping[Part, tuple[str, int]] = MappingProxyType(
    {
        "settings": (r"settings\.json", 1 << 20),
        "recipes": (r"recipes/[^/]+\.json", 1 << 20),
        "presets": (r"presets/[^/]+\.json", 1 << 20),
        "generators": (r"generators/[^/]+\.generator", 1 << 30),
        "models": (r"models/[^/]+/[^/]+\.(onnx|safetensors|bin|param|ckpt|toml)", 1 << 32),
    }
)
"""The names that members may have, and how many bytes each."""
PARTS: tuple[Part, ...] = tuple(_MEMBERS)
_UNSAFE = re.compile(r'(^|/)\.|[\\:*?"<>|\x00-\x1f]|[ .]($|/)')
_CONVERTED = "models/converted/"
"""Made from the others, anew where they are missing."""
_MOST = 10_000
_PIECE = 1 << 20


class Found(NamedTuple):
    """How much there is of one part."""

    files: int
    bytes: int


class Taken(NamedTuple):
    """What came of bringing in. new, same, beside: numbers of files that are new here, that were
    here already, and that lie beside another one of that name under a name with a number."""

    new: int
    same: int
    beside: int
    settings: Settings | None


def there(data: Path) -> dict[Part, Found]:
    """What could be taken along, by part; the settings always. data: the data folder."""
    found: dict[Part, Found] = {"settings": Found(1, 0)}
    for part in PARTS[1:]:
        sizes = [path.stat().st_size for _, path in _files(data, part)]
        if sizes:
            found[part] = Found(len(sizes), sum(sizes))
    return found


def take_along(
    target: Path, data: Path, settings: Settings, parts: Collection[Part], tell: Tell
) -> None:
    """Write the file. Raises Problem, and Cancelled by way of `tell`."""
    files = [file for part in PARTS if part in parts for file in _files(data, part)]
    whole = sum(path.stat().st_size for _, path in files) or 1

    def fill(stream: IO[bytes]) -> None:
        done = 0
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            if "settings" in parts:
                archive.writestr(SETTINGS, msgspec.json.encode(without_places(settings)))
            for name, path in files:
                with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as member:
                    while piece := source.read(_PIECE):
                        member.write(piece)
                        done += len(piece)
                        tell(done / whole)

    write_atomic(target, fill, verify=_check)


def in_file(path: Path) -> dict[Part, Found]:
    """What a file of these holds, by part. Raises Problem where it is none."""
    found: dict[Part, Found] = {}
    for part, members in _members(path).items():
        found[part] = Found(len(members), sum(member.file_size for member in members))
    return found


def bring_in(
    path: Path, data: Path, settings: Settings, parts: Collection[Part], tell: Tell
) -> Taken:
    """Put the parts where they belong. settings: of this computer; what is told of its places
    stays. What is here under the same name stays, too. Raises Problem, and Cancelled."""
    members = {part: found for part, found in _members(path).items() if part in parts}
    whole = sum(member.file_size for found in members.values() for member in found) or 1
    counts = {"new": 0, "same": 0, "beside": 0}
    brought: Settings | None = None
    done = 0
    with _opened(path) as archive:
        for part, found in members.items():
            for member in found:
                if part == "settings":
                    brought = _merged(archive.read(member), settings, path)
                else:
                    counts[_put(archive, member, data / member.filename, path)] += 1
                done += member.file_size
                tell(done / whole)
    return Taken(**counts, settings=brought)


def _files(data: Path, part: Part) -> Iterator[tuple[str, Path]]:
    """Names in the file, and where they lie."""
    for path in sorted((data / part).rglob("*")) if part != "settings" else ():
        name = path.relative_to(data).as_posix()
        if path.is_file() and not path.is_symlink() and _part_of(name) == part:
            yield name, path


def _part_of(name: str) -> Part | None:
    if _UNSAFE.search(name) or name.startswith(_CONVERTED):
        return None
    fits = (part for part, (pattern, _) in _MEMBERS.items() if re.fullmatch(pattern, name))
    return next(fits, None)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise _foreign(path, str(error)) from error


def _members(path: Path) -> dict[Part, list[zipfile.ZipInfo]]:
    """By part, checked. Raises Problem."""
    with _opened(path) as archive:
        infos = archive.infolist()
    if len({info.filename for info in infos}) != len(infos) or len(infos) > _MOST:
        raise _foreign(path, "too many files, or one twice")
    found: dict[Part, list[zipfile.ZipInfo]] = {}
    for info in infos:
        part = _part_of(info.filename)
        if part is None or info.file_size > _MEMBERS[part][1]:
            raise _foreign(path, f"{info.filename[:80]!r} does not belong there")
        found.setdefault(part, []).append(info)
    if not found:
        raise _foreign(path, "it is empty")
    return found


def _check(path: Path) -> None:
    """That all of it can be read again."""
    with zipfile.ZipFile(path) as archive:
        bad = archive.testzip()
    if bad is not None:
        raise ValueError(f"{bad} differs")


def _merged(data: bytes, settings: Settings, path: Path) -> Settings:
    try:
        brought, _ = read_settings(data, Settings)
    except (msgspec.DecodeError, ValueError) as error:
        raise _foreign(path, str(error)) from error
    return with_places_of(settings, brought)


def _put(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, path: Path
) -> Literal["new", "same", "beside"]:
    """One file; where another of its name lies, beside it. A network's stays as it is: it is known
    by its name, and checked by its bytes where it is used."""
    digest = _digest(archive, member, path)
    if _digest_of(target) == digest:
        return "same"
    is_free = not target.exists()
    if not is_free and member.filename.startswith("models/"):
        return "same"
    place = target if is_free else _beside(target)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "“{file}” could not be brought in: {why}."),
            code="not-brought-in",
            file=member.filename,
            why=error.strerror or str(error),
        ) from error

    def fill(stream: IO[bytes]) -> None:
        with archive.open(member) as source:
            shutil.copyfileobj(source, stream, _PIECE)

    def same(written: Path) -> None:
        if _digest_of(written) != digest:
            raise ValueError("it differs from what was in the file")

    write_atomic(place, fill, verify=same)
    return "new" if is_free else "beside"


def _beside(target: Path) -> Path:
    number = 2
    while (place := target.with_stem(f"{target.stem}-{number}")).exists():
        number += 1
    return place


def _digest(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> bytes:
    try:
        with archive.open(member) as file:
            return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise _foreign(path, str(error)) from error


def _digest_of(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


def _foreign(path: Path, details: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Problem", "“{file}” was not saved by ProdEdit for another computer, or is damaged."
        ),
        code="no-belongings",
        details=details,
        file=path.name,
    )
