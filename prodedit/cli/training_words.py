# SPDX-License-Identifier: Apache-2.0
"""What `prodedit train` says: about the pictures before, and while it learns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from prodedit.cli.telling import Bar, Voice
from prodedit.engine.training.client import Event
from prodedit.engine.training.gate import Judgement, refusals
from prodedit.engine.training.intake import REPORT
from prodedit.engine.training.report import REASONS, DataReport

_LISTED = 20
"""Files that are named on the screen; all of them stand in the report."""
_STAGES: Mapping[str, str] = {
    "autoencoder": "learning to see",
    "flow": "learning to make",
    "matching": "learning what there is",
    "gan": "learning to make",
    "vae": "learning to see and to make",
    "dcgan": "learning to make",
}
_LOSSES: Mapping[str, str] = {
    "pixels": "difference",
    "perceived": "looks",
    "velocity": "error",
    "accuracy": "told apart",
    "diversity": "variety",
    "near": "distance",
}
_TROUBLES: Mapping[str, str] = {
    "smaller-pieces": "There is little memory, so it goes on in smaller pieces.",
    "rolled-back": "The numbers ran away; it went back to the last checkpoint and goes on.",
    "collapsing": "Its pictures become alike. If they stay so, stop it and give it more pictures.",
    "not-kept": "A checkpoint could not be written ({why}); it goes on and tries again.",
}
_WHY = {"disk-full": "the disk is full", "quota": "your share of the disk is used up"}


def duration(seconds: float) -> str:
    """Such as "40 s", "12 min", "3 h 5 min", "2 days 4 h"."""
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60.0)
    if minutes < 100:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    days, hours = divmod(hours, 24)
    return f"{days} days {hours} h"


def tell_data(report: DataReport, voice: Voice, place: Path) -> None:
    """Which pictures are used, and which are not and why."""
    classes = ", ".join(f"{name} {count}" for name, count in sorted(report.classes.items()))
    voice.say(f"{report.used} of {len(report.entries)} pictures can be used: {classes}.")
    left_out = report.left_out
    for entry in left_out[:_LISTED]:
        more = f" ({entry.more})" if entry.more else ""
        voice.say(f"left out: {entry.name}: {REASONS[entry.verdict]}{more}")
    if len(left_out) > _LISTED:
        voice.say(f"and {len(left_out) - _LISTED} more, which {place / REPORT} names")
    if report.small_classes:
        voice.say(f"Too few to be learned well: {', '.join(report.small_classes)}.")


def told_data(report: DataReport) -> dict[str, Any]:
    """The same for programs."""
    return {
        "pictures": report.used,
        "found": len(report.entries),
        "classes": dict(report.classes),
        "left_out": [msgspec.to_builtins(entry) for entry in report.left_out],
    }


class Watch:
    """Shows what a training process tells."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._bar: Bar | None = None
        self._last: dict[str, Any] = {}
        self._plan: dict[str, Any] = {}
        self._troubles: list[str] = []
        self._stopping = False
        self._judgement: Judgement | None = None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """With a bar where a person watches."""
        with self._voice.progress(100) as bar:
            self._bar = bar
            yield

    @property
    def where(self) -> str:
        """How far it is, in words."""
        if not self._last:
            return "its beginning"
        stage = _STAGES.get(self._last["stage"], self._last["stage"])
        return f"step {self._last['step']:,} of {self._last['of']:,} of {stage}"

    def told(self) -> dict[str, Any]:
        """For programs."""
        told = {"plan": self._plan, "last": self._last, "troubles": self._troubles}
        if self._judgement is None:
            return told
        found = refusals(self._judgement.measures)
        return {
            **told,
            "good": not found,
            "refusals": [{"code": one.code, "message": str(one)} for one in found],
            "measures": msgspec.to_builtins(self._judgement.measures.found),
        }

    @property
    def is_refused(self) -> bool:
        """What was made is not good enough to be used."""
        return self._judgement is not None and bool(refusals(self._judgement.measures))

    def tell_judgement(self) -> None:
        """Whether it is good enough, and if not, what to change."""
        if self._judgement is None:
            return
        found = refusals(self._judgement.measures)
        if found:
            self._voice.say("It is not good enough to be used yet:")
        for refusal in found:
            self._voice.say(f"- {refusal}")

    def stopping(self) -> None:
        """Ctrl+C was heard."""
        self._stopping = True
        self._voice.say("Stopping: what was learned is being kept …")

    def see(self, event: Event | None) -> None:
        """One word of the process; None: it was silent for a moment."""
        if event is None:
            return
        if "estimate" in event:
            self._plan = dict(event)
            steps = sum(event["steps"])
            about = duration(event["estimate"])
            self._voice.say(f"About {about} on this computer ({steps:,} steps). Ctrl+C stops.")
        elif "trouble" in event:
            self._trouble(str(event["trouble"]))
        elif "losses" in event:
            self._moment(dict(event))
        elif "measuring" in event and self._bar is not None:
            self._bar.move_to("measuring how good it is", 100 * event["measuring"])
        elif "judgement" in event:
            self._judgement = msgspec.convert(event["judgement"], Judgement)

    def _trouble(self, said: str) -> None:
        code, _, why = said.partition(": ")
        self._troubles.append(said)
        self._voice.say(_TROUBLES.get(code, code).format(why=_WHY.get(why, why)))

    def _moment(self, event: dict[str, Any]) -> None:
        self._last = event
        losses = event["losses"]
        shown = " ".join(f"{word} {losses[n]:.3f}" for n, word in _LOSSES.items() if n in losses)
        left = "" if self._stopping else f", {duration(event['left'])} left"
        text = f"{_STAGES[event['stage']]}: {shown}, {event['seen']:,} seen{left}"
        if self._bar is not None:
            spent = event["left"] and self._share(event)
            self._bar.move_to(text, round(100 * spent) if spent else 100)

    def _share(self, event: Mapping[str, Any]) -> float:
        """How much of the whole is done, by time."""
        names = self._plan.get("stages", [event["stage"]])
        each = zip(self._plan.get("steps", [1]), self._plan.get("pace", [1.0]), strict=True)
        seconds = [steps * pace for steps, pace in each]
        place = names.index(event["stage"])
        here = seconds[place] * event["step"] / max(1, event["of"])
        return float(min(1.0, (sum(seconds[:place]) + here) / max(1e-9, sum(seconds))))
