# SPDX-License-Identifier: Apache-2.0
"""Which program is the engine: this installation's own, or the same code in a GPU pack's
environment, with the own one behind it for the time when that fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import prodedit
from prodedit.core.problem import Problem
from prodedit.engine.gpu import problems
from prodedit.engine.gpu.finder import CODE_VARIABLE
from prodedit.engine.gpu.place import State, read_pack
from prodedit.engine.service.child import engine_environment
from prodedit.files.own_programs import module_command, own_code_first

_log = logging.getLogger(__name__)
_ENGINE = "prodedit.engine.service.process"
DEVICE_VARIABLE = "PRODEDIT_DEVICE"
EXPECTED_VARIABLE = "PRODEDIT_GPU_EXPECTED"
"""Told to the process in a pack: what its torch must be able to use; else the own program is the
better one."""
_OF_OTHER_PYTHONS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")

Tell = Callable[[Problem], None]


class Program(NamedTuple):
    """A command, and all of its environment."""

    command: tuple[str, ...]
    environment: Mapping[str, str]


class Programs:
    """The programs that may be the engine, best first; asked for when one is started."""

    def __init__(self, find: Callable[[], Sequence[Program]], tell: Tell | None = None) -> None:
        self._find = find
        self.tell = tell
        self._left: list[Program] = []

    def now(self) -> Program:
        """The best that has not failed."""
        if not self._left:
            self._left = list(self._find())
        return self._left[0]

    def fall_back(self, why: Problem, words: str) -> bool:
        """The best one failed, saying `words`: from now on the next one. False where there is no
        other."""
        if len(self._left) < 2:
            return False
        del self._left[0]
        problem = problems.not_used(why, words)
        _log.warning("%s", problem)
        _log.info("%s", problem.details)
        if self.tell is not None:
            self.tell(problem)
        return True

    def renew(self) -> None:
        """Look anew: a pack came or went."""
        self._left = []


_UNUSED = {State.OUTDATED: problems.outdated, State.BROKEN: problems.broken}


def engine_programs(
    changes: Mapping[str, str] | None, folder: Path | None = None
) -> tuple[Program, ...]:
    """Those of this installation. changes: to this process's environment; folder: of the pack."""
    return programs_for(_ENGINE, engine_environment(changes), folder)


def programs_for(
    module: str, variables: Mapping[str, str], folder: Path | None = None
) -> tuple[Program, ...]:
    """What runs this module of ours, best first: in the pack where one can be used, and as this
    installation runs it."""
    own = Program(module_command(module), own_code_first(variables))
    if variables.get(DEVICE_VARIABLE, "").strip().lower() == "cpu":
        return (own,)
    pack = read_pack(folder)
    if pack.state is State.READY and pack.python is not None and pack.note is not None:
        return (in_pack(pack.python, pack.note.device, variables, module), own)
    told = _UNUSED.get(pack.state)
    if told is not None:
        _log.warning("%s", told())
    return (own,)


def in_pack(
    python: Path, device: str, variables: Mapping[str, str], module: str = _ENGINE
) -> Program:
    """The module as a pack's interpreter runs it: its packages, this program's code."""
    environment = {name: text for name, text in variables.items() if name not in _OF_OTHER_PYTHONS}
    environment |= {CODE_VARIABLE: str(own_code()), EXPECTED_VARIABLE: device}
    return Program((str(python), "-P", "-m", module), environment)


def own_code() -> Path:
    """The folder of this program's package, as files that another Python can read."""
    return Path(prodedit.__file__).resolve().parent
