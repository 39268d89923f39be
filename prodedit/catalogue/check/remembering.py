# SPDX-License-Identifier: Apache-2.0
"""An engine that is asked the same again and again, such as after each change of a picture: what it
answered last for the same pixels is taken."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from prodedit.catalogue.check.looking import COSTLY, Engine
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.results import Result
from prodedit.engine.service.jobs import Lane
from prodedit.engine.tasks import Enhance, RemoveBackground, Task

SLOW: frozenset[type[Task]] = frozenset({RemoveBackground, Enhance})
"""Seconds each on a processor that has nothing else to do, and often a minute on one that has; to
find text takes one."""
_KEPT = 4
_Key = tuple[Task, str]


class Memory:
    """The last few answers. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[_Key, Result] = OrderedDict()

    def get(self, key: _Key) -> Result | None:
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: _Key, result: Result) -> None:
        with self._lock:
            self._answers[key] = result
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)

    def forget(self) -> None:
        """Of a large photo they are hundreds of megabytes."""
        with self._lock:
            self._answers.clear()


class RememberingEngine:
    """Asks `engine` what `memory` does not know; but for tasks of the types that it `spares`, which
    it refuses then. spared: those that it had to."""

    def __init__(self, engine: Engine, memory: Memory, spares: Collection[type[Task]] = ()) -> None:
        self._engine = engine
        self._memory = memory
        self._spares = frozenset(spares)
        self.spared: set[type[Task]] = set()

    def run(self, task: Task, inputs: Mapping[str, Any], *, lane: Lane = "batch") -> Result:
        """Raises as the engine's own, for what is not known, and Problem with COSTLY."""
        key = (task, _digest(inputs))
        known = self._memory.get(key)
        if known is None:
            self._check_wanted(task)
            known = self._engine.run(task, inputs, lane=lane)
            self._memory.put(key, known)
        return known

    def _check_wanted(self, task: Task) -> None:
        if type(task) in self._spares:
            self.spared.add(type(task))
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Problem", "The product has to be cut out for that, which takes a while."
                ),
                code=COSTLY,
            )


def _digest(inputs: Mapping[str, Any]) -> str:
    """Of all pixels, by name and shape."""
    digest = hashlib.blake2b(digest_size=16)
    for name, array in sorted(inputs.items()):
        digest.update(f"{name} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
