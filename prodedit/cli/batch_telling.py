# SPDX-License-Identifier: Apache-2.0
"""What `prodedit batch` says: while it works, and at its end."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from prodedit.catalogue.batch.ledger import FOLDER, Resumed, recorded
from prodedit.catalogue.batch.progress import Progress
from prodedit.catalogue.batch.reports import Report, Words, report_bytes
from prodedit.catalogue.batch.states import Picture, State
from prodedit.catalogue.check.findings import Finding
from prodedit.catalogue.check.words import CheckWords
from prodedit.cli.telling import Bar, Voice
from prodedit.core.problem import Problem
from prodedit.files.atomic import write_atomic

_SAID = CheckWords()
_OVER: tuple[State, ...] = ("done", "failed", "skipped")


class Screen:
    """A listener that speaks: each failure as it comes, and how far the batch is."""

    def __init__(self, voice: Voice, bar: Bar, *, tells_done: bool) -> None:
        self._voice = voice
        self._bar = bar
        self._tells_done = tells_done

    @classmethod
    @contextmanager
    def on(cls, voice: Voice, total: int, *, watching: bool) -> Iterator[Screen]:
        """With a bar where a person sits, and it is known how much there is to do."""
        with voice.progress(0 if watching else total) as bar:
            yield cls(voice, bar, tells_done=watching)

    def on_picture(self, picture: Picture) -> None:
        if picture.state == "failed":
            self._voice.say(f"failed: {picture.source}: {picture.message}")
        elif picture.state == "done" and picture.outcome == "fails":
            self._voice.say(f"not as demanded: {picture.source}: {_rejected(picture)}")
        elif picture.state == "done" and self._tells_done:
            self._voice.remark(f"done: {picture.source}")
        if picture.state in _OVER:
            self._bar.move(picture.place)

    def on_progress(self, progress: Progress) -> None:
        """(The bar is told of each picture.)"""


def tell_begun(target: Path, voice: Voice) -> None:
    """That something was begun here which a new batch knows nothing of."""
    with contextlib.suppress(Problem):
        begun = recorded(target / FOLDER)
        if begun is not None and begun.left:
            total = len(begun.pictures)
            voice.say(
                f"An earlier batch in this folder was not finished: {begun.left} of {total} "
                "pictures are left. This is a new one; --resume would go on with it."
            )


def tell_resumed(resumed: Resumed, voice: Voice) -> None:
    """What of an earlier run is kept, and what is not."""
    if resumed.other_doing:
        voice.say("The recipe or a preset has changed: what was made by the old one is made anew.")
    if resumed.other_names:
        voice.say("Files are named in another way now: all are made anew, the old ones stay.")
    if resumed.changed_inputs:
        voice.say(f"{resumed.changed_inputs} photos have changed: they are done anew.")
    if resumed.lost_outputs:
        voice.say(f"{resumed.lost_outputs} pictures have lost a file: it is made anew.")
    if resumed.done:
        voice.say(f"{resumed.done} pictures are done already.")


def tell_end(report: Report, problem: Problem | None, voice: Voice, *, stopped: bool) -> None:
    """How it went."""
    counts = report.counts
    parts = [f"{counts['done']} of {counts['planned']} pictures done"]
    named = (("failed", "failed"), ("skipped", "left out"), ("not_started", "not done yet"))
    parts += [f"{counts[key]} {word}" for key, word in named if counts[key]]
    text = ", ".join(parts)
    if counts["rejected"]:
        text += f". {counts['rejected']} have a file that fails a rule of its preset"
    if problem is not None:
        voice.say(f"Halted: {problem}")
    if stopped or problem is not None:
        voice.say(f"Stopped: {text}. --resume goes on.")
    elif counts["failed"] or counts["rejected"] or counts["not_started"]:
        voice.say(f"{text}.")
    else:
        voice.remark(f"{text}.")


def write_reports(report: Report, names: Sequence[str], voice: Voice) -> bool:
    """Whether all could be written; what could not is told."""
    words = Words(finding_words)
    written = True
    for name in names:
        try:
            write_atomic(Path(name), report_bytes(report, Path(name).suffix, words))
        except Problem as problem:
            written = False
            voice.say(f"prodedit: {problem}")
    return written


def finding_words(finding: Finding) -> str:
    """A rule, what was measured, and what is demanded."""
    wanted = _SAID.demanded(finding.rule)
    told = f": {_SAID.measured(finding)}, wanted {wanted}" if wanted else ""
    return f"{finding.title}{told}"


def _rejected(picture: Picture) -> str:
    """The rules that its files fail."""
    failed = (
        f"{key}: {', '.join(told.rule for told in made.told if told.outcome == 'fails')}"
        for key, made in picture.written.items()
        if made.outcome == "fails"
    )
    return "; ".join(failed)
