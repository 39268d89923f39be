# SPDX-License-Identifier: Apache-2.0
"""Many pictures are checked, and made anew where that is wanted: a few at once, one row of result
for each picture and preset. A picture that can't be read is a row, too, and stops nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from prodedit.catalogue.batch.mishaps import make_folder, no_memory, unexpected
from prodedit.catalogue.check.findings import Outcome, Verdict, judged
from prodedit.catalogue.check.look import Look
from prodedit.catalogue.check.looking import Eyes
from prodedit.catalogue.check.product import Product
from prodedit.core.presets import Making, Preset
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.atomic import write_atomic

T = TypeVar("T")
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WebP", "avif": "AVIF", "tiff": "TIFF"}
"""A format of ours -> its name in files' facts."""


class Item(NamedTuple):
    """A picture. outputs: by preset, where it is written anew; empty: it is only looked at."""

    source: Path
    outputs: Mapping[str, Path]


@dataclass(frozen=True)
class Row:
    """One picture for one preset. verdict: None where it could not be read; problem: why that is,
    or why it could not be made. output: the file that was written; after: what that one is like."""

    source: Path
    preset: str
    verdict: Verdict | None = None
    output: Path | None = None
    after: Verdict | None = None
    problem: Problem | None = None

    @property
    def code(self) -> str:
        """Of what went wrong, for programs; "" where nothing did."""
        return "" if self.problem is None else self.problem.code

    @property
    def message(self) -> str:
        """The same for people, in English."""
        return "" if self.problem is None else str(self.problem)

    @property
    def final(self) -> Verdict | None:
        """Of the file that was written, else of the one that was there."""
        return self.after or self.verdict

    @property
    def outcome(self) -> Outcome:
        """What could not be read or made fails, too."""
        return "fails" if self.problem is not None or self.final is None else self.final.outcome

    def to_json(self) -> dict[str, Any]:
        return {
            "input": str(self.source),
            "preset": self.preset,
            "outcome": self.outcome,
            "output": None if self.output is None else str(self.output),
            "code": self.code,
            "message": self.message,
            "found": None if self.verdict is None else self.verdict.to_json(),
            "after": None if self.after is None else self.after.to_json(),
        }


class Maker(Protocol):
    """Makes one picture anew, for one slot after the other."""

    def write(self, output: Path, making: Making) -> Product | None:
        """The product as it is known from that. Raises Problem, Cancelled."""


Fix = Callable[[Path], Maker]
"""What makes a source anew."""
OnRows = Callable[[Sequence[Row]], None]


class CheckRun:
    """One run over pictures. `run` blocks; `stop` may be called from any thread, or by a signal.

    presets: by id; fix: needed where Items have outputs; let_go: ends what is under way."""

    def __init__(
        self,
        eyes: Eyes,
        presets: Mapping[str, Preset],
        fix: Fix | None = None,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        self._eyes = eyes
        self._presets = presets
        self._fix = fix
        self._let_go = let_go
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        """Begin no further picture; `run` lets those go that are under way."""
        self._stopped.set()

    def run(self, items: Sequence[Item], on_rows: OnRows, at_once: int = 2) -> tuple[Row, ...]:
        """All rows in the order of the items, those of items that were not come to left out.
        `on_rows` gets the rows of each picture once it is done, by one thread at a time."""

        def work(item: Item) -> tuple[Row, ...]:
            try:
                rows = () if self.stopped else self.one(item)
            except Cancelled:
                return ()
            with self._lock:
                on_rows(rows)
            return rows

        with ThreadPoolExecutor(max(1, min(at_once, len(items))), "check") as pool:
            waiting = [pool.submit(work, item) for item in items]
            self._wait(waiting)
        return tuple(row for each in waiting for row in each.result())

    def _wait(self, waiting: Sequence[Future[tuple[Row, ...]]]) -> None:
        """In short steps: a thread that waits longer hears no signal on Windows, nor of a stop."""
        let_go = False
        while wait(waiting, 0.1).not_done:
            if self.stopped and not let_go:
                let_go = True
                self._let_go()

    def one(self, item: Item) -> tuple[Row, ...]:
        """A row for each preset. Raises Cancelled."""
        look = self._caught(lambda: self._eyes.look(item.source))
        if isinstance(look, Problem):
            failed = Row(item.source, "", problem=look)
            return tuple(replace(failed, preset=name) for name in self._presets)
        maker = None if self._fix is None else self._fix(item.source)
        return tuple(self._row(item, look, name, maker) for name in self._presets)

    def _row(self, item: Item, look: Look, name: str, maker: Maker | None) -> Row:
        found = self._caught(lambda: judged(look, name, self._presets[name]))
        if isinstance(found, Problem):
            return Row(item.source, name, problem=found)
        row = Row(item.source, name, found)
        output = item.outputs.get(name)
        if output is None or maker is None:
            return row
        fixed = self._caught(lambda: self._fixed(row, look, output, maker))
        if isinstance(fixed, Problem):
            return replace(row, problem=fixed)
        return fixed

    def _fixed(self, row: Row, look: Look, output: Path, maker: Maker) -> Row:
        """The file is written; where the picture passes already, it is the same, byte for byte."""
        assert row.verdict is not None
        preset = self._presets[row.preset]
        make_folder(output)
        if not row.verdict.of("fails") and _may_be_copied(look, preset.making):
            write_atomic(output, row.source.read_bytes())
            return replace(row, output=output)
        product = maker.write(output, preset.making)
        after = judged(self._eyes.look(output, product), row.preset, preset)
        return replace(row, output=output, after=after)

    def _caught(self, work: Callable[[], T]) -> T | Problem:
        """What `work` gives, or what went wrong as a sentence: one bad picture must not end a
        night's run. Raises Cancelled."""
        try:
            return work()
        except Problem as problem:
            failure = problem
        except Cancelled:
            raise
        except MemoryError:
            failure = no_memory()
        except Exception as error:  # noqa: BLE001 - as above
            failure = unexpected(error)
        if self.stopped:
            raise Cancelled
        return failure


def _may_be_copied(look: Look, making: Making) -> bool:
    """It is in the slot's format, and tells nothing private."""
    return FORMATS.get(making.format) == look.facts.format and not look.facts.is_private
