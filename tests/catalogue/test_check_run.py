# SPDX-License-Identifier: Apache-2.0
"""Pictures are judged by presets, made anew, and judged again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from prodedit.catalogue.check.findings import judged
from prodedit.catalogue.check.fixing import Fixing, ForSlots
from prodedit.catalogue.check.look import Look
from prodedit.catalogue.check.looking import CUTTING, READING, Eyes
from prodedit.catalogue.check.product import by_backdrop
from prodedit.catalogue.check.run import CheckRun, Item, Row
from prodedit.core.document import from_photo
from prodedit.core.presets import Ask, Demand, Making, OneOf, Preset, Window
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.engine.results import MaskResult, PixelsResult, Result, TextResult
from prodedit.engine.tasks import Enhance, FindText, RemoveBackground, Task
from prodedit.files.decoder import Decoder
from prodedit.files.facts import Facts

FROM = {"source": "a page", "date": "2026-11", "confidence": "official"}
ABLE = (CUTTING, READING)


def preset(*rules: Demand, **making: Any) -> Preset:
    wanted = Making(**{"size": (160, 160), "least": 160, "fill": 0.86, **making})
    return Preset(name="Shop", platform="Shop", making=wanted, rules=rules)


def window(rule: str, low: float | None = None, high: float | None = None, **more: Any) -> Window:
    return Window(rule=rule, low=low, high=high, **FROM, **more)


def words(rule: str, *among: str, **more: Any) -> OneOf:
    return OneOf(rule=rule, among=among, **FROM, **more)


STRICT = preset(
    Ask(rule="frontal", **FROM),
    window("width", 160, 160),
    window("fill-long", 0.85),
    window("ring-white", 1),
    window("ground-white", 1),
    window("text", None, 0),
    words("format", "JPEG"),
)


class FakeEngine:
    """The blue channel is the mask; text is wherever it is told to be."""

    def __init__(self) -> None:
        self.asked: list[type[Task]] = []
        self.problems: list[Problem] = []

    def run(self, task: Task, inputs: Mapping[str, Any], *, lane: str) -> Result:
        assert lane == "batch"
        self.asked.append(type(task))
        if self.problems:
            raise self.problems.pop()
        source = inputs["source"]
        if isinstance(task, FindText):
            return TextResult(np.zeros(source.shape[:2], np.uint8))
        assert isinstance(task, RemoveBackground)
        alpha = np.where(source[..., 0] > 150, 255, 0).astype(np.uint8)
        return MaskResult(alpha, np.full_like(alpha, 255), None, 0.9, "fake")


@pytest.fixture(scope="module")
def decoder() -> Any:
    with Decoder() as made:
        yield made


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


def photo(path: Path, **options: Any) -> Path:
    """A blue thing in a room."""
    pixels = np.random.default_rng(1).integers(0, 120, (240, 300, 3)).astype(np.uint8)
    pixels[50:200, 90:240, 2] = 220
    Image.fromarray(pixels).save(path, **options)
    return path


def good(path: Path, **options: Any) -> Path:
    pixels = np.full((160, 160, 3), 255, np.uint8)
    pixels[8:152, 8:152] = np.random.default_rng(2).integers(0, 90, (144, 144, 3))
    Image.fromarray(pixels).save(path, **options)
    return path


def run(
    items: list[Item], decoder: Decoder, engine: FakeEngine, *, able: tuple[str, ...] = ABLE
) -> tuple[Row, ...]:
    rules = {rule.rule for rule in STRICT.rules}
    eyes = Eyes(decoder, engine, rules, able)
    fix = lambda source: Fixing(source, decoder, eyes.run, network=False)  # noqa: E731
    told: list[Row] = []
    rows = CheckRun(eyes, {"shop": STRICT}, fix).run(items, told.extend)
    assert sorted(told, key=str) == sorted(rows, key=str)
    return rows


def test_a_photo_fails_is_made_anew_and_passes(
    decoder: Decoder, engine: FakeEngine, tmp_path: Path
) -> None:
    item = Item(photo(tmp_path / "a.png"), {"shop": tmp_path / "out" / "a.jpg"})
    (row,) = run([item], decoder, engine)
    assert row.verdict is not None
    assert {found.rule.rule for found in row.verdict.of("fails")} == {
        "format", "width", "ring-white", "ground-white", "fill-long",
    }  # fmt: skip
    assert row.verdict.can_be_cured
    assert row.after is not None
    assert row.after.of("fails") == (), row.after
    assert row.outcome == "confirm", "only a person sees whether it is frontal"
    with Image.open(row.output or "") as made:
        assert made.size == (160, 160)
    assert (tmp_path / "a.png").exists()
    told = row.to_json()
    assert told["outcome"] == told["after"]["outcome"] == "confirm"
    first = told["found"]["rules"][0]
    assert first == {
        "rule": "format", "kind": "OneOf", "title": "Format", "outcome": "fails",
        "measured": "PNG", "unit": "", "weight": "must", **FROM, "among": ("JPEG",),
    }  # fmt: skip


def test_what_the_photo_has_cut_off_is_told_after_it_was_framed_anew(
    decoder: Decoder, engine: FakeEngine, tmp_path: Path
) -> None:
    with Image.open(photo(tmp_path / "whole.png")) as whole:
        whole.crop((120, 0, 300, 180)).save(tmp_path / "cut.png")
    eyes = Eyes(decoder, engine, ["edges-touched"], ABLE)
    shop = preset(window("edges-touched", None, 0))
    fix = lambda source: Fixing(source, decoder, eyes.run, network=False)  # noqa: E731
    items = [Item(tmp_path / name, {"shop": tmp_path / "o.jpg"}) for name in ("cut.png",)]
    (row,) = CheckRun(eyes, {"shop": shop}, fix).run(items, lambda rows: None)
    assert row.after is not None
    assert [found.measured for found in row.after.findings] == [2]
    assert not row.verdict.can_be_cured if row.verdict else False


def test_what_passes_is_copied_unless_it_tells_of_a_person(
    decoder: Decoder, engine: FakeEngine, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    private = good(tmp_path / "private.jpg", exif=exif.tobytes(), quality=100, subsampling=0)
    plain = good(tmp_path / "plain.jpg", quality=100, subsampling=0)
    items = [Item(path, {"shop": tmp_path / "out" / path.name}) for path in (private, plain)]
    rows = run(items, decoder, engine)
    assert [row.outcome for row in rows] == ["confirm", "confirm"]
    assert (tmp_path / "out" / "plain.jpg").read_bytes() == plain.read_bytes()
    assert b"Exif" not in (tmp_path / "out" / "private.jpg").read_bytes()


def test_a_broken_picture_is_a_row_and_stops_nothing(
    decoder: Decoder, engine: FakeEngine, tmp_path: Path
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    (tmp_path / "full").write_bytes(b"")
    items = [
        Item(tmp_path / "broken.jpg", {}),
        Item(tmp_path / "gone.jpg", {}),
        Item(good(tmp_path / "b.jpg", quality=100, subsampling=0), {}),
        Item(photo(tmp_path / "c.png"), {"shop": tmp_path / "full" / "c.jpg"}),
    ]
    rows = run(items, decoder, engine)
    assert [row.source.name for row in rows] == ["broken.jpg", "gone.jpg", "b.jpg", "c.png"]
    assert [row.outcome for row in rows] == ["fails", "fails", "confirm", "fails"]
    assert rows[0].code == "not-a-picture"
    assert rows[1].code == "not-found"
    assert rows[3].code == "no-folder"
    assert rows[3].verdict is not None, "what was found of it is still told"


def test_the_engine_is_asked_only_where_it_must_be(
    decoder: Decoder, engine: FakeEngine, tmp_path: Path
) -> None:
    run([Item(good(tmp_path / "a.jpg"), {})], decoder, engine)
    assert engine.asked == [], "a plain backdrop tells the product, and that there is no text"
    source = photo(tmp_path / "b.png")
    run([Item(source, {})], decoder, engine)
    assert engine.asked == [RemoveBackground, FindText]
    (row,) = run([Item(source, {})], decoder, engine, able=())
    assert row.verdict is not None
    asked = {found.rule.rule for found in row.verdict.of("confirm")}
    assert asked == {"frontal", "text", "fill-long", "ground-white"}, "never passed silently"


def test_an_engine_that_died_is_asked_once_more(
    decoder: Decoder, engine: FakeEngine, tmp_path: Path
) -> None:
    source = photo(tmp_path / "a.png")
    engine.problems = [Problem("It stopped.", code="engine-stopped")]
    (row,) = run([Item(source, {})], decoder, engine)
    assert row.code == ""
    engine.problems = [Problem("It stopped.", code="engine-stopped") for _ in range(2)]
    (row,) = run([Item(source, {})], decoder, engine)
    assert (row.code, row.message) == ("engine-stopped", "It stopped.")
    engine.problems = [Problem("Nothing.", code="nothing-found")]
    (row,) = run([Item(source, {})], decoder, engine)
    assert row.code == ""


def test_stopped_before_the_second(decoder: Decoder, engine: FakeEngine, tmp_path: Path) -> None:
    source = good(tmp_path / "a.jpg")
    eyes = Eyes(decoder, engine, (), ())
    checking = CheckRun(eyes, {"shop": STRICT})
    rows = checking.run([Item(source, {})] * 3, lambda rows: checking.stop(), at_once=1)
    assert len(rows) == 1
    assert checking.stopped


def test_outcomes() -> None:
    """Musts fail, advice and what is not sure ask; what can't be measured is never passed."""
    rgb = np.full((100, 100, 3), 255, np.uint8)
    rgb[10:40, 10:90] = rgb[60:90, 10:90] = 9
    seen = Look("a.jpg", 5000, Facts("JPEG"), rgb, product=by_backdrop(rgb))
    rules = {
        window("bytes", 5000, 5000): "passes",
        window("bytes", None, 4999): "fails",
        window("bytes", 5001, weight="advice"): "confirm",
        window("objects", None, 1): "confirm",
        window("resolution", 72, 72): "confirm",
        window("resolution"): "passes",
        words("format", "PNG", "GIF"): "fails",
        words("format", "PNG", weight="advice"): "confirm",
        Ask(rule="a-photo", **FROM): "confirm",
    }
    for rule, outcome in rules.items():
        verdict = judged(seen, "shop", preset(rule))
        assert verdict.outcome == outcome, rule
        assert [found.outcome for found in verdict.findings] == [outcome]
    assert judged(seen, "shop", preset(*rules)).outcome == "fails"


def test_what_is_enlarged_for_one_slot_serves_the_others(tmp_path: Path) -> None:
    asked: list[Task] = []

    def run(task: Task, inputs: Mapping[str, Any]) -> Result:
        asked.append(task)
        if isinstance(task, Enhance):
            times = round(task.upscale)
            more = {n: a.repeat(times, 0).repeat(times, 1) for n, a in inputs.items()}
            return PixelsResult(more["source"], "fake", alpha=more.get("mask"))
        return FakeEngine().run(task, inputs, lane="batch")

    pixels = np.zeros((60, 60, 4), np.uint8)
    pixels[20:40, 20:40, 0] = 220
    pixels[..., 3] = 255
    document = from_photo(Tiles.from_array(pixels), "blue")
    slots = ForSlots(document, None, run)
    sizes = (70, 80, 90)
    for side in sizes:
        slots.write(tmp_path / f"{side}.jpg", preset(size=(side, side), least=side).making)
    assert [type(task) for task in asked] == [RemoveBackground, Enhance]
    alone = tmp_path / "alone.jpg"
    ForSlots(document, None, run).write(alone, preset(size=(80, 80), least=80).making)
    assert alone.read_bytes() == (tmp_path / "80.jpg").read_bytes()
