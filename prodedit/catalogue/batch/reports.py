# SPDX-License-Identifier: Apache-2.0
"""What became of each picture of a batch, as a file: CSV for spreadsheets, JSON for programs, HTML
with small pictures for people."""

from __future__ import annotations

import base64
import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from prodedit import __version__
from prodedit.catalogue.batch.states import STATES, Picture, Sentence, State, Written
from prodedit.catalogue.check.findings import Finding
from prodedit.core.presets import Ask, Demand, Preset
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

MOST_PICTURES = 2000
"""Of a larger batch only those get small pictures in an HTML report that are not simply done: more,
no browser likes."""
_TEXTS: Mapping[str, str] = {
    "title": QT_TRANSLATE_NOOP("BatchReport", "Batch report"),
    "checked": QT_TRANSLATE_NOOP("BatchReport", "Check report"),
    "picture": QT_TRANSLATE_NOOP("BatchReport", "Picture"),
    "state": QT_TRANSLATE_NOOP("BatchReport", "State"),
    "trust": QT_TRANSLATE_NOOP("BatchReport", "Cut-out"),
    "corrected": QT_TRANSLATE_NOOP("BatchReport", "corrected by hand"),
    "done": QT_TRANSLATE_NOOP("BatchReport", "done"),
    "failed": QT_TRANSLATE_NOOP("BatchReport", "failed"),
    "left": QT_TRANSLATE_NOOP("BatchReport", "not done yet"),
    "rejected": QT_TRANSLATE_NOOP("BatchReport", "with a file that fails its preset"),
    "passes": QT_TRANSLATE_NOOP("BatchReport", "passes"),
    "fails": QT_TRANSLATE_NOOP("BatchReport", "fails"),
    "confirm": QT_TRANSLATE_NOOP("BatchReport", "please confirm"),
    "asked": QT_TRANSLATE_NOOP("BatchReport", "For every picture, please confirm:"),
    "file": QT_TRANSLATE_NOOP("BatchReport", "File"),
}
"""Words of the HTML report, to be translated in the context "BatchReport"."""
_COLUMNS = (
    *("input", "state", "preset", "output", "bytes", "outcome", "fails", "confirm", "score"),
    *("corrected", "seconds", "reason", "notes"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula, even in the name of a file."""


@dataclass(frozen=True)
class Words:
    """How things are said. finding: of a rule that was not passed; translate: (context, text) ->
    text; the default is English."""

    finding: Callable[[Finding], str]
    translate: Callable[[str, str], str] = lambda context, text: text

    def __call__(self, key: str) -> str:
        return self.translate("BatchReport", _TEXTS[key])

    def state(self, state: State) -> str:
        return self.translate("BatchState", STATES[state])

    def sentence(self, sentence: Sentence | None) -> str:
        if sentence is None:
            return ""
        return self.translate(sentence.context, sentence.text).format(**sentence.values)


@dataclass(frozen=True)
class Report:
    """pictures: as the batch has them at its end. small: (number, "photo" or preset) -> where the
    small picture would be. title: a key of the words."""

    pictures: tuple[Picture, ...]
    presets: Mapping[str, Preset]
    small: Callable[[int, str], Path]
    title: str = "title"

    @property
    def counts(self) -> dict[str, int]:
        states = [each.state for each in self.pictures]
        over = ("done", "failed", "skipped")
        return {
            "planned": len(states),
            "done": states.count("done"),
            "failed": states.count("failed"),
            "skipped": states.count("skipped"),
            "not_started": sum(state not in over for state in states),
            "rejected": sum(each.outcome == "fails" for each in self.pictures),
        }

    def to_json(self) -> dict[str, Any]:
        """All that had its turn."""
        over = [each for each in self.pictures if each.state in ("done", "failed", "skipped")]
        return {"results": [_row(each) for each in over], "counts": self.counts}

    def findings(self, key: str, written: Written) -> list[Finding]:
        """What the preset's file does not pass for sure."""
        preset = self.presets.get(key)
        rules = () if preset is None else preset.rules
        by_name: dict[tuple[str, str], Demand] = {
            (rule.rule, rule.weight): rule for rule in rules if not isinstance(rule, Ask)
        }
        return [
            Finding(rule, told.measured, told.outcome)  # type: ignore[arg-type]
            for told in written.told
            if (rule := by_name.get((told.rule, told.weight))) is not None
        ]


def report_bytes(report: Report, suffix: str, words: Words) -> bytes:
    """The whole file, by the ending of its name. Raises Problem where that is none of ours."""
    check_suffix(suffix)
    return _MAKERS[suffix.lower()](report, words)


def check_suffix(suffix: str) -> None:
    """Raises Problem where no report has such an ending."""
    if suffix.lower() not in _MAKERS:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "Reports can't be written as “{suffix}”. There are: {known}."
            ),
            code="unknown-report",
            suffix=suffix,
            known=", ".join(sorted(_MAKERS)),
        )


def _row(picture: Picture) -> dict[str, Any]:
    fidelity = picture.fidelity
    outputs = [
        {
            "preset": key,
            "path": written.path,
            "bytes": written.nbytes,
            "outcome": written.outcome,
            "rules": msgspec.to_builtins(written.told),
        }
        for key, written in picture.written.items()
    ]
    return {
        "input": picture.source,
        "output": outputs[0]["path"] if outputs else None,
        "ok": picture.state != "failed",
        "state": picture.state,
        "code": picture.code,
        "message": picture.message,
        "score": None if picture.score is None else round(picture.score, 4),
        "corrected": picture.corrected,
        "seconds": round(picture.seconds, 3),
        "notes": [str(note) for note in picture.notes],
        "fidelity": None
        if fidelity is None
        else {"ssim": round(fidelity[0], 4), "delta_e": round(fidelity[1], 2)},
        "outputs": outputs,
    }


def _json(report: Report, words: Words) -> bytes:
    del words
    return json_bytes({"version": __version__, **report.to_json()})


def json_bytes(value: Any) -> bytes:
    """For people to read, too."""
    return msgspec.json.format(msgspec.json.encode(_encodable(value)), indent=1)


def _encodable(value: Any) -> Any:
    """Names of files may hold what UTF-8 can't."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {key: _encodable(each) for key, each in value.items()}
    return [_encodable(each) for each in value] if isinstance(value, list) else value


def _csv(report: Report, words: Words) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for picture in report.pictures:
        for row in _csv_rows(picture, report, words):
            writer.writerow([_harmless(str(value)) for value in row])
    return file.getvalue().encode("utf-8-sig", errors="replace")


def _csv_rows(picture: Picture, report: Report, words: Words) -> Iterator[tuple[object, ...]]:
    score = "" if picture.score is None else f"{picture.score:.4f}"
    reason = words.sentence(picture.sentence)
    notes = " ".join(map(words.sentence, picture.notes))
    end = (score, int(picture.corrected), f"{picture.seconds:.2f}", reason, notes)
    for key in picture.outputs or {"": ""}:
        made = picture.written.get(key)
        if made is None:
            yield (picture.source, picture.state, key, "", "", "", "", "", *end)
            continue
        found = report.findings(key, made)
        told = [
            "; ".join(words.finding(each) for each in found if each.outcome == outcome)
            for outcome in ("fails", "confirm")
        ]
        yield (
            picture.source,
            picture.state,
            key,
            made.path,
            made.nbytes,
            made.outcome,
            *told,
            *end,
        )


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


# HTML --------------------------------------------------------------------------------------------

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #18794e; --bad: #c62a2f; --ask: #946800; }
@media (prefers-color-scheme: dark) { :root { --good: #4cc38a; --bad: #ff8589; --ask: #f1a10d; } }
body { font: 14px/1.45 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 24px; }
h1 { font-size: 20px; margin: 0 0 4px; } p { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; margin-top: 16px; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { position: sticky; top: 0; background: Canvas; } td { min-width: 9em; }
img { display: block; max-width: 160px; max-height: 160px; border: 1px solid var(--line);
  margin-bottom: 4px; } ul { margin: 4px 0; padding-left: 1.2em; } small { opacity: .75; }
.passes, .done { color: var(--good); } .fails, .failed { color: var(--bad); font-weight: 600; }
.confirm { color: var(--ask); }
"""


def _html(report: Report, words: Words) -> bytes:
    """One file that needs no other."""
    keys = list(dict.fromkeys(key for each in report.pictures for key in each.outputs))
    heads = [words("picture"), words("state"), *(_head(key, report, words) for key in keys)]
    head = "".join(f"<th>{_text(each)}</th>" for each in heads)
    body = "\n".join(_html_row(each, keys, report, words) for each in _shown(report.pictures))
    title = _text(words(report.title))
    page = (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><h1>{title}</h1><p>{_text(_sum(report, words))}</p>{_asked(report, words)}\n"
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></body></html>\n"
    )
    return page.encode(errors="replace")


def _shown(pictures: Sequence[Picture]) -> list[Picture]:
    """What needs a person first."""
    return sorted(pictures, key=lambda each: (_URGENCY.get(each.state, 2), each.outcome != "fails"))


_URGENCY: Mapping[State, int] = {"failed": 0, "needs-review": 1}


def _html_row(picture: Picture, keys: Sequence[str], report: Report, words: Words) -> str:
    photo = _image(report, picture, "photo")
    name = f"{photo}{_text(picture.place)}"
    cells = [f"<td>{name}</td>", f"<td>{_state(picture, words)}</td>"]
    cells += [f"<td>{_file(picture, key, report, words)}</td>" for key in keys]
    return f"<tr>{''.join(cells)}</tr>"


def _state(picture: Picture, words: Words) -> str:
    told = [f'<span class="{picture.state}">{_text(words.state(picture.state))}</span>']
    if picture.sentence is not None:
        told.append(_text(words.sentence(picture.sentence)))
    if picture.score is not None:
        told.append(f"{_text(words('trust'))}: {picture.score:.0%}")
    if picture.corrected:
        told.append(_text(words("corrected")))
    notes = (f"<small>{_text(words.sentence(note))}</small>" for note in picture.notes)
    return "<br>".join((*told, *notes))


def _file(picture: Picture, key: str, report: Report, words: Words) -> str:
    made = picture.written.get(key)
    if made is None:
        return ""
    parts = [_image(report, picture, key), _text(Path(made.path).name)]
    if made.outcome:
        parts.append(f'<br><span class="{made.outcome}">{_text(words(made.outcome))}</span>')
    found = report.findings(key, made)
    rows = (f'<li class="{each.outcome}">{_text(words.finding(each))}</li>' for each in found)
    return "".join((*parts, f"<ul>{''.join(rows)}</ul>" if found else ""))


def _image(report: Report, picture: Picture, key: str) -> str:
    if len(report.pictures) > MOST_PICTURES and picture.state == "done":
        return ""
    try:
        data = report.small(picture.number, key).read_bytes()
    except OSError:
        return ""
    coded = base64.b64encode(data).decode()
    return f'<img loading="lazy" alt="" src="data:image/jpeg;base64,{coded}">' if data else ""


def _head(key: str, report: Report, words: Words) -> str:
    preset = report.presets.get(key)
    return words("file") if preset is None else words.translate("Preset", preset.name)


def _sum(report: Report, words: Words) -> str:
    counts = report.counts
    names = (("done", "done"), ("failed", "failed"), ("not_started", "left"), ("rejected",) * 2)
    told = (f"{counts[name]} {words(key)}" for name, key in names if counts[name])
    return f"{counts['planned']}: " + ", ".join(told)


def _asked(report: Report, words: Words) -> str:
    """What no pixel decides: asked once, not of each picture anew."""
    rows = []
    for preset in report.presets.values():
        asks = [Finding(rule, None, "confirm") for rule in preset.rules if isinstance(rule, Ask)]
        items = "".join(f"<li>{_text(words.translate('Rule', each.title))}</li>" for each in asks)
        name = _text(words.translate("Preset", preset.name))
        rows.append(f"<details><summary>{name}</summary><ul>{items}</ul></details>" if asks else "")
    told = "".join(rows)
    return f"<p>{_text(words('asked'))}</p>{told}" if told else ""


def _text(text: str) -> str:
    return html.escape(text)


_MAKERS: Mapping[str, Callable[[Report, Words], bytes]] = {
    ".csv": _csv,
    ".html": _html,
    ".json": _json,
}
