# SPDX-License-Identifier: Apache-2.0
"""What a batch tells, in the window's words."""

from __future__ import annotations

from prodedit.catalogue.batch.progress import Progress
from prodedit.catalogue.batch.states import STATES, Picture, Sentence, Told, Written
from prodedit.core.presets import QUESTIONS, RULES
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.gui.presets.words import outcome_text
from prodedit.gui.translation import problem_text, translate

_T = QT_TRANSLATE_NOOP
_STAGES = {
    "reading": _T("Batch", "Reading"),
    "cutting": _T("Batch", "Cutting out"),
    "making": _T("Batch", "Making files"),
    "checking": _T("Batch", "Checking"),
}


def state_text(picture: Picture) -> str:
    """Where it is, in a word or two; why it failed, in a sentence."""
    if picture.state == "at-work":
        stage = _STAGES.get(picture.stage)
        return "" if stage is None else translate("Batch", stage)
    if picture.state == "failed":
        return sentence_text(picture.sentence)
    return translate("BatchState", STATES[picture.state])


def sentence_text(sentence: Sentence | None) -> str:
    if sentence is None:
        return ""
    return problem_text(Problem(sentence.text, **sentence.values))


def check_text(picture: Picture, names: dict[str, str]) -> str:
    """What was found of each file, in a line of its own."""
    lines = [_file_text(written, names.get(key, key)) for key, written in picture.written.items()]
    return "\n".join(line for line in lines if line)


def _file_text(written: Written, name: str) -> str:
    if not written.outcome:
        return ""
    why = translate("Batch", ", ").join(rule_title(told) for told in written.told)
    told = outcome_text(written.outcome)
    template = translate("Batch", "{preset}: {outcome} ({why})")
    plain = translate("Batch", "{preset}: {outcome}")
    return (template if why else plain).format(preset=name, outcome=told, why=why)


def rule_title(told: Told) -> str:
    if told.rule in RULES:
        return translate("Rule", RULES[told.rule].title)
    return translate("Question", QUESTIONS.get(told.rule, told.rule))


def time_text(seconds: float) -> str:
    """Roughly, as a person tells it."""
    if seconds < 60:
        return translate("Batch", "{count} s").format(count=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return translate("Batch", "{count} min").format(count=minutes)
    text = translate("Batch", "{hours} h {minutes} min")
    return text.format(hours=minutes // 60, minutes=minutes % 60)


def sum_text(progress: Progress) -> str:
    """How far all of it is."""
    parts = [
        translate("Batch", "{done} of {total} done").format(
            done=progress.done, total=progress.total
        )
    ]
    if progress.failed:
        parts.append(translate("Batch", "{count} failed").format(count=progress.failed))
    if progress.review:
        parts.append(translate("Batch", "{count} to be looked at").format(count=progress.review))
    if progress.seconds_left is not None and progress.left:
        time = time_text(progress.seconds_left)
        parts.append(translate("Batch", "{time} left").format(time=time))
    if progress.phase == "paused":
        parts.append(translate("Batch", "paused"))
    if progress.phase == "stopped":
        parts.append(translate("Batch", "stopped"))
    return translate("Batch", ", ").join(parts)
