# SPDX-License-Identifier: Apache-2.0
"""Making a GPU pack: an environment aside, filled, tried, and only then put in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from prodedit import __version__
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.gpu import problems
from prodedit.engine.gpu.finder import write_finder
from prodedit.engine.gpu.place import (
    MADE,
    Note,
    gpu_folder,
    locked,
    put_in_place,
    read_pack,
    sweep,
)
from prodedit.engine.gpu.tools import Command, Tool, found_tool, python_of
from prodedit.engine.gpu.wanted import DOWNLOAD, INSTALLED, Wanted, lock_file, version_word
from prodedit.engine.service.child import engine_environment
from prodedit.engine.service.client import EngineClient, Patience
from prodedit.engine.service.outside_tools import NotThereError, bytes_below, run_tool
from prodedit.engine.service.programs import Programs, in_pack, own_code
from prodedit.engine.tasks import TryDevice

Report = Callable[[float, str], None]
"""Told the share done (0..1) and what is being done, about once a second; may raise Cancelled."""

PREPARING = QT_TRANSLATE_NOOP("Progress", "Preparing")
FETCHING = QT_TRANSLATE_NOOP("Progress", "Fetching packages")
TRYING = QT_TRANSLATE_NOOP("Progress", "Trying it out")
_FILLED = 0.9
"""The share of progress at which everything is there and is tried."""
_PATIENCE = Patience(start=300.0, silent=300.0, busy=600.0)
"""The first start after the making reads gigabytes from the disk."""


class Size(NamedTuple):
    """Bytes that come over the network, and that lie on the disk afterwards."""

    download: int = DOWNLOAD
    installed: int = INSTALLED


def make_pack(
    want: Wanted,
    card: str,
    report: Report,
    folder: Path | None = None,
    tool: Tool | None = None,
    size: Size = Size(),  # noqa: B008 - a value
) -> Note:
    """Make a pack, and have it used from the next start of an engine process on.

    Until then whatever was there before stays as it is; and so it does where this fails, is
    cancelled by `report`, or is killed. Raises Problem, Cancelled.
    """
    folder = folder or gpu_folder()
    if not (own_code() / "__init__.py").is_file():
        raise problems.no_code(own_code())
    tool = tool or found_tool(want.tool)
    with _alone(folder), _aside(folder, size) as target:
        report(0.0, PREPARING)
        _fill(target, want, tool, size, report)
        report(_FILLED, TRYING)
        python = python_of(target)
        _try_out(python, want.device, lambda: report(_FILLED, TRYING))
        note = _note(target, want, card)
        put_in_place(folder, note)
        sweep(folder, but=target.name)
        report(1.0, "")
        return note


def _note(target: Path, want: Wanted, card: str) -> Note:
    return Note(
        folder=target.name,
        python=python_of(target).relative_to(target).as_posix(),
        version=version_word(),
        torch=want.torch,
        index=want.index,
        device=want.device,
        card=card,
        program=__version__,
        bytes=bytes_below(target),
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other program makes one at the same time."""
    lock = locked(folder)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _aside(folder: Path, size: Size) -> Iterator[Path]:
    """An empty folder for the new pack, which goes again where it does not become one."""
    note = read_pack(folder).note
    sweep(folder, but=note.folder if note else "")  # what a killed program has left
    needed = size.download + size.installed
    try:
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise problems.no_space(folder, needed, free)
        target = Path(tempfile.mkdtemp(dir=folder, prefix=MADE))
    except OSError as error:
        raise problems.cannot_write(error, folder) from error
    try:
        yield target
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise problems.cannot_write(error, folder) from error
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _fill(target: Path, want: Wanted, tool: Tool, size: Size, report: Report) -> None:
    """Environment, packages, torch; what is needed for the moment lies in `target`, too."""
    work = target / "work"
    work.mkdir()
    whole = size.download + size.installed

    def watch() -> None:
        report(min(0.98, bytes_below(target) / whole) * _FILLED, FETCHING)

    _run(tool.name, tool.environment(target), work, lambda: report(0.0, PREPARING))
    python = python_of(target)
    for command in (tool.packages(python, lock_file()), tool.torch(python, want)):
        _run(tool.name, command, work, watch)
    shutil.rmtree(work)
    write_finder(target)


def _run(tool: str, command: Command, work: Path, watch: Callable[[], None]) -> None:
    try:
        output = run_tool(command, work, work / "words.log", watch, every=1.0)
    except NotThereError as error:
        raise problems.tool_failed(tool, str(error), work.parents[1]) from error
    if output is not None:
        raise problems.tool_failed(tool, output, work.parents[1])


def _try_out(python: Path, device: str, watch: Callable[[], None]) -> None:
    """Start the engine in it and have it compute something. Raises Problem."""
    program = in_pack(python, device, engine_environment())
    try:
        with EngineClient(patience=_PATIENCE, programs=Programs(lambda: (program,))) as client:
            ticket = client.submit(TryDevice(device), {})
            while not ticket.wait(0.5):
                watch()
            ticket.result()
    except Problem as problem:
        raise problems.no_use(problem) from problem
