# SPDX-License-Identifier: Apache-2.0
"""What became of a batch, as a table, for programs, and as a page."""

import csv
import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

from prodedit.catalogue.batch.reports import MOST_PICTURES, Report, Words, report_bytes
from prodedit.catalogue.batch.states import Picture, Sentence, Told, Written
from prodedit.core.presets import Ask, Making, Preset, Window
from prodedit.core.problem import Problem

FROM = {"source": "a page", "date": "2026-11", "confidence": "official"}
SHOP = Preset(
    name="Shop <one>",
    platform="Shop",
    making=Making(size=(80, 80), least=80),
    rules=(Window(rule="width", low=80, high=80, **FROM), Ask(rule="no-model", **FROM)),
)
WORDS = Words(lambda finding: f"{finding.title} = {finding.measured}")
FOUND = (Told("width", "must", "fails", 64.0), Told("gone", "must", "fails", 1.0))


def done(number: int, name: str) -> Picture:
    file = Written(f"/out/{name}.jpg", "d", 1234, "fails", FOUND)
    outputs = {"shop": file.path}
    return Picture(number, f"/in/{name}", name, outputs, "done", score=0.5, written={"shop": file})


def failed(number: int, name: str) -> Picture:
    why = Sentence("Problem", "“{file}” is empty.", {"file": name})
    outputs = {"shop": f"/out/{name}.jpg"}
    return Picture(number, f"/in/{name}", name, outputs, "failed", "empty-file", why)


def report(folder: Path, *pictures: Picture) -> Report:
    def small(number: int, key: str) -> Path:
        return folder / f"{number}-{key}.jpg"

    return Report(pictures, {"shop": SHOP}, small)


class Page(HTMLParser):
    """Whether each thing that is opened is closed, and what it says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.images = 0
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attributes: object) -> None:
        self.images += tag == "img"
        if tag not in ("img", "br", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_has_what_needs_a_person_first_and_takes_no_orders_from_names(
    tmp_path: Path,
) -> None:
    (tmp_path / "0-photo.jpg").write_bytes(b"small")
    hostile = "<script>alert(1)</script>.png"
    made = report(tmp_path, done(0, hostile), failed(1, "bad.png"))
    page = report_bytes(made, ".html", WORDS).decode()
    assert Page(page).images == 1
    assert "<script>" not in page
    assert page.index("“bad.png” is empty.") < page.index("&lt;script&gt;alert")
    assert "Width = 64.0" in page
    assert "Shop &lt;one&gt;" in page
    assert page.count("No person is to be seen.") == 1, "what no pixel tells is asked once"


def test_words_are_translated(tmp_path: Path) -> None:
    asked: set[tuple[str, str]] = set()

    def translate(context: str, text: str) -> str:
        asked.add((context, text))
        return text.upper() if "{" not in text else text

    words = Words(WORDS.finding, translate)
    page = report_bytes(report(tmp_path, done(0, "a"), failed(1, "b")), ".html", words).decode()
    assert "BATCH REPORT" in page
    assert "FAILED" in page
    assert {"BatchReport", "BatchState", "Problem", "Preset", "Rule"} <= {each[0] for each in asked}


def test_a_spreadsheet_gets_no_formulas(tmp_path: Path) -> None:
    made = report(tmp_path, done(0, "=1+1"), failed(1, os.fsdecode(b"caf\xe9")))
    made = Report((made.pictures[0], made.pictures[1]), made.presets, made.small)
    data = report_bytes(made, ".csv", WORDS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["state"] for row in rows] == ["done", "failed"]
    assert rows[0]["fails"] == "Width = 64.0", "a rule that is no more is left out"
    assert rows[1]["reason"] == "“caf?” is empty."
    bare = Picture(0, "=cmd|x", "x", {}, "skipped")
    (row,) = csv.DictReader(
        report_bytes(report(tmp_path, bare), ".csv", WORDS).decode("utf-8-sig").splitlines()
    )
    assert row["input"] == "'=cmd|x"


def test_programs_get_all_that_had_its_turn(tmp_path: Path) -> None:
    waiting = Picture(2, "/in/c", "c", {"shop": "/out/c.jpg"})
    made = report(tmp_path, done(0, os.fsdecode(b"caf\xe9")), failed(1, "b"), waiting)
    found = json.loads(report_bytes(made, ".json", WORDS))
    assert [each["ok"] for each in found["results"]] == [True, False]
    assert found["counts"] == {
        "planned": 3, "done": 1, "failed": 1, "skipped": 0, "not_started": 1, "rejected": 1
    }  # fmt: skip


def test_a_page_of_a_huge_batch_shows_only_pictures_that_need_a_person(tmp_path: Path) -> None:
    (tmp_path / "0-photo.jpg").write_bytes(b"small")
    (tmp_path / "1-photo.jpg").write_bytes(b"small")
    many = [Picture(n, f"/in/{n}", f"{n}", {}, "done") for n in range(2, MOST_PICTURES + 1)]
    made = report(tmp_path, done(0, "a"), failed(1, "b"), *many)
    assert Page(report_bytes(made, ".html", WORDS).decode()).images == 1


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        report_bytes(report(tmp_path), ".pdf", WORDS)
    assert caught.value.code == "unknown-report"
