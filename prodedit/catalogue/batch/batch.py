# SPDX-License-Identifier: Apache-2.0
"""Many pictures, done by one order: what the batch dialog, `prodedit batch` and a cluster all use.

How a window uses it (no Qt in here; all methods return at once but those that say otherwise):

    order = Order(gather([folder]).pictures, Doing(recipe, presets, review=GOOD, small=160), target,
                  default_pattern(len(presets)))
    ledger, resumed = Ledger.opened(order, resume=False)    # raises Problem: told before anything
    batch = Batch(ledger, Workshop(order.doing, decoder, engine, able), listener)
    batch.start()                                           # and later: pause, go_on, stop, close

- `Listener.on_picture(picture)`: a Picture has changed: its state, or how far it is. `on_progress`:
  the batch as a whole has. Both come from the batch's threads, one at a time: a window passes them
  on by a queued signal, and must not call the batch from within. `batch.pictures` has them all.
- States: waiting -> at-work -> done | failed | needs-review; needs-review -> accepted -> at-work ->
  done; skipped: left out. While a picture is at work, `picture.stage` and `.fraction` tell how far.
  Of a group that is made alike: waiting -> at-work -> measured; when all are, -> accepted -> ...
- The review queue is `batch.review`, the least certain first. `batch.cut_out(number)` blocks, and
  gives the Document to correct; `batch.accept(number, mask)` with `mask` the corrected Mask of its
  layer PHOTO, or None where it is right as it is; the batch goes on with it. `leave_out(number)`:
  no files are made of it.
- `retry()` does what failed once more, or `retry([numbers])`, also after the end. `add(found)`: one
  more picture; where more come to groups that are made alike (`grows`), `complete(groups)` says
  that these have all of theirs.
- Where something fails that every other picture would meet, too, the picture waits again and the
  batch is "halted": `progress.problem` says why, and `go_on()` tries again.
- Small pictures: `batch.small(number, "photo")` or preset: JPEGs, once a picture is done.
- reports.py makes files of `batch.pictures`. A batch that was stopped or killed is gone on with by
  `Ledger.opened(order, resume=True)`; `ledger.recorded(target / FOLDER)` tells of one, with order.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from prodedit.catalogue.batch.asking import CLUSTER_GONE, NO_ENGINE
from prodedit.catalogue.batch.errand import landed
from prodedit.catalogue.batch.groups import Groups
from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.ledger import Ledger, Row
from prodedit.catalogue.batch.masks import MASK_LOST, write_mask
from prodedit.catalogue.batch.mishaps import unexpected
from prodedit.catalogue.batch.pipeline import step_back
from prodedit.catalogue.batch.progress import (
    Listener,
    Nobody,
    Pace,
    Phase,
    Progress,
    progress_of,
)
from prodedit.catalogue.batch.states import (
    READY,
    Picture,
    State,
    anew,
    changed,
    failed,
    looked_at,
    waiting_again,
)
from prodedit.catalogue.batch.turns import Turns
from prodedit.catalogue.batch.work import TARGET_GONE, Doer, OnStage
from prodedit.core.document import Document
from prodedit.core.edits import without_haze
from prodedit.core.layer import Mask
from prodedit.core.problem import Cancelled, Problem

HALTING = frozenset({NO_ENGINE, CLUSTER_GONE, TARGET_GONE, "disk-full", "quota", "read-only"})
"""Failures that every other picture would meet, too."""
_UNMADE: tuple[State, ...] = ("waiting", "measured", "accepted", "needs-review", "failed")


class Batch:
    """See the top of this file. `at_once`: so many pictures are under way. Owns what it is given,
    and closes it."""

    def __init__(
        self,
        ledger: Ledger,
        doer: Doer,
        listener: Listener | None = None,
        at_once: int = 3,
        *,
        grows: bool = False,
    ) -> None:
        self._ledger = ledger
        self._doer = doer
        self._listener = listener or Nobody()
        self._at_once = at_once
        self._turn = threading.Condition(threading.RLock())
        self._telling = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._groups = Groups(ledger, grows=grows)
        self._before: dict[int, Picture] = {}  # of those at work, what they were
        self._again: set[int] = set()  # of those at work, whose photo has changed meanwhile
        self._counts: Counter[State] = Counter(each.state for each in ledger.pictures)
        self._turns = Turns(ledger)
        self._phase: Phase = "ready"
        self._problem: Problem | None = None
        self._pace = Pace()
        self._is_stopped = self._is_closed = False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        with self._turn:
            return self._ledger.pictures

    @property
    def review(self) -> tuple[Picture, ...]:
        """Those that a person has to look at, the least certain first."""
        waiting = [each for each in self.pictures if each.state == "needs-review"]
        return tuple(sorted(waiting, key=lambda each: -each.uncertainty))

    @property
    def progress(self) -> Progress:
        with self._turn:
            return self._progress()

    def small(self, number: int, key: str) -> Path:
        """Where the small picture of a photo ("photo") or of a preset's file is, if there is."""
        return self._ledger.small_file(number, key)

    def cut_out(self, number: int) -> Document:
        """The photo with the cut-out that is to be looked at. Blocks, for as long as opening a
        picture takes. Raises Problem, Cancelled."""
        with self._turn:
            work = self._ledger.work_of(self._ledger.picture(number))
        return self._doer.cut_out(work)

    # What is done --------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, in threads of its own."""
        if self._has_work():
            self._doer.start()
        with self._turn:
            met = self._met(*self._groups.names)
            for number in range(self._at_once):
                thread = threading.Thread(target=self._run, name=f"batch {number}", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._move("running")
        self._tell(*met)

    def wait(self, seconds: float | None = None) -> bool:
        """Blocks until nothing is left that could be done now: idle, halted, or stopped."""
        with self._turn:
            return self._turn.wait_for(self._is_at_rest, seconds)

    def pause(self) -> None:
        """Begin no further picture; those under way are finished."""
        with self._turn:
            if self._phase in ("running", "idle"):
                self._move("paused")
        self._tell()

    def go_on(self) -> None:
        """After a pause, or after what halted it was put right."""
        self._doer.start()
        with self._turn:
            met = self._met(*self._groups.names)
            if self._phase in ("paused", "halted"):
                self._problem = None
                self._move("running")
        self._tell(*met)

    def stop(self) -> None:
        """For good: no further picture is begun. Only sets a flag, so that a signal may call it at
        any moment; `close` lets those go that are under way."""
        self._is_stopped = True

    def retry(self, numbers: Iterable[int] | None = None) -> None:
        """Do what failed once more: these pictures, or all."""
        with self._turn:
            pictures = self._ledger.pictures
            chosen = pictures if numbers is None else [pictures[number] for number in numbers]
            failed_ones = [each for each in chosen if each.state == "failed"]
            again = [self._put(waiting_again(each)) for each in failed_ones]
            self._wake()
        self._tell(*again)

    def accept(self, number: int, mask: Mask | None = None) -> None:
        """A person has looked at a cut-out: it is right, or `mask` is, but for haze that nobody
        sees. Blocks until that is on the disk. Raises Problem where it refuses."""
        if mask is not None:
            write_mask(self._ledger.mask_file(number), without_haze(mask))
        self._person_says(number, ("needs-review",), "accepted", corrected=mask is not None)

    def leave_out(self, number: int) -> None:
        """Make no files of a picture that is neither done nor at work. Raises Problem as above."""
        self._person_says(number, _UNMADE, "skipped")

    def add(self, found: Found, row: Row | None = None) -> Picture:
        """One more picture. Raises Problem where the disk refuses, or a photo would be overwritten
        by what is made of it."""
        with self._turn:
            picture = self._ledger.add(found, row)
            self._counts[picture.state] += 1
            self._turns.add(picture)
            self._wake()
        self._tell(picture)
        return picture

    def complete(self, groups: Iterable[str]) -> None:
        """These have all their pictures, as far as anybody knows: they may be measured."""
        with self._turn:
            self._groups.complete(groups)
            met = self._met(*groups)
            self._wake()
        self._tell(*met)

    def do_again(self, number: int) -> None:
        """A picture whose photo has changed, from its beginning; where it is at work, after that.
        Raises Problem where the disk refuses."""
        with self._turn:
            picture = self._ledger.picture(number)
            if picture.state == "at-work":
                self._again.add(number)
                return
            fresh = self._put(anew(picture))
            self._wake()
        self._tell(fresh)

    def close(self) -> None:
        """Stop, let go of what is under way, and wait until all threads have ended. May be
        repeated."""
        self.stop()
        if self._is_closed:
            return
        self._is_closed = True
        self._doer.let_go()
        with self._turn:
            self._turn.notify_all()
        for thread in self._threads:
            thread.join()
        self._doer.close()
        self._ledger.close()
        self._tell()

    # The threads ---------------------------------------------------------------------------------

    def _run(self) -> None:
        step_back()
        while (picture := self._next()) is not None:
            self._tell(picture)
            after: Picture | None = None
            try:
                after = self._done(picture)
            except Cancelled:
                pass
            except Problem as problem:
                self._halt(problem)
            self._settle(picture, after)

    def _next(self) -> Picture | None:
        """The next picture, at work from now on. Blocks; None: the batch is stopped."""
        with self._turn:
            while not self._is_stopped:
                ready = self._turns.next() if self._phase == "running" else None
                if ready is not None:
                    self._before[ready.number] = ready
                    return self._show(changed(ready, state="at-work", code="", sentence=None))
                self._turn.wait(0.2)  # a stop by a signal wakes nobody
        return None

    def _done(self, picture: Picture) -> Picture:
        """What the picture is after the work. Raises Problem with what halts the batch, and
        Cancelled."""
        try:
            made = self._doer.do(self._ledger.work_of(picture), self._staged(picture.number))
        except Problem as problem:
            if problem.code in HALTING:
                raise
            if problem.code == MASK_LOST:
                return changed(picture, state="waiting", cut="", stage="", fraction=0.0)
            return failed(picture, problem)
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of a cluster must not end a thread
            return failed(picture, unexpected(error))
        self._ledger.keep_small(picture.number, made.small)
        return landed(picture, made, self._ledger.cut_digest)

    def _settle(self, picture: Picture, after: Picture | None) -> None:
        """It is no longer at work. None: as if it had never been begun."""
        if after is not None:
            try:  # without the turn: a disk may take its time
                self._ledger.keep(after)
            except Problem as problem:
                self._halt(problem)
                after = None
        with self._turn:
            was = self._before.pop(picture.number)
            if picture.number in self._again:
                self._again.discard(picture.number)
                after = anew(picture)
            settled = self._show(after or was)
            self._turns.add(settled)
            if after is not None:
                self._pace.count()
            met = self._met(settled.group)
            self._wake()
        self._tell(settled, *met)

    def _staged(self, number: int) -> OnStage:
        def staged(stage: str, fraction: float) -> None:
            with self._turn:
                if number not in self._before:
                    return
                at_work = changed(self._ledger.picture(number), stage=stage, fraction=fraction)
                self._ledger.show(at_work)
            self._tell(at_work)

        return staged

    # States; all of these with the turn ----------------------------------------------------------

    def _person_says(
        self, number: int, there: Iterable[State], state: State, *, corrected: bool = False
    ) -> None:
        """Nothing where the picture has moved on meanwhile."""
        with self._turn:
            picture = self._ledger.picture(number)
            if picture.state not in there:
                return
            said = self._put(looked_at(picture, state, corrected=corrected))
            met = self._met(said.group)
            self._wake()
        self._tell(said, *met)

    def _put(self, picture: Picture) -> Picture:
        """As it is from now on, also after a restart. Raises Problem."""
        picture = changed(picture, stage="", fraction=0.0)
        self._ledger.keep(picture)
        self._turns.add(picture)
        return self._show(picture)

    def _show(self, picture: Picture) -> Picture:
        was = self._ledger.picture(picture.number)
        self._counts[was.state] -= 1
        self._counts[picture.state] += 1
        self._ledger.show(picture)
        self._groups.note(picture)
        return picture

    def _met(self, *groups: str) -> list[Picture]:
        """Those that waited for others of these groups, and need not any more."""
        try:
            met = [self._show(each) for name in groups for each in self._groups.met(name)]
        except Problem as problem:
            self._halt(problem)
            return []
        for picture in met:
            self._turns.add(picture)
        return met

    def _wake(self) -> None:
        """Something has changed: there may be work again, or none."""
        if self._phase in ("running", "idle"):
            self._move("running" if self._has_work() else "idle")
        self._turn.notify_all()

    def _move(self, phase: Phase) -> None:
        if phase == "running" and self._phase != "running":
            self._pace.begin()
        self._phase = phase
        if phase == "running" and not self._has_work():
            self._phase = "idle"
        self._turn.notify_all()

    def _has_work(self) -> bool:
        return bool(self._before) or any(self._counts[state] for state in READY)

    def _halt(self, problem: Problem) -> None:
        with self._turn:
            self._problem = problem
            self._move("halted")

    def _is_at_rest(self) -> bool:
        if self._is_stopped or self._phase == "idle":
            return True
        return self._phase == "halted" and not self._before

    def _progress(self) -> Progress:
        phase: Phase = "stopped" if self._is_stopped else self._phase
        twice = self._groups.unmeasured
        return progress_of(phase, self._counts, self._pace, self._problem, twice)

    def _tell(self, *pictures: Picture) -> None:
        """Never called with the turn: a listener may take its time."""
        with self._telling:
            for picture in pictures:
                self._listener.on_picture(picture)
            self._listener.on_progress(self.progress)
