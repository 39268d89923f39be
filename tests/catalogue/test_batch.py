# SPDX-License-Identifier: Apache-2.0
"""A batch as an object with states: done, paused, reviewed, stopped and gone on with.

Over 400 lines: all of it is about one object, opened by one fixture."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image

from prodedit.catalogue.batch import ledger
from prodedit.catalogue.batch.batch import Batch
from prodedit.catalogue.batch.doing import Doing
from prodedit.catalogue.batch.inputs import Found, gather
from prodedit.catalogue.batch.ledger import FOLDER, MANIFEST, Ledger, Order, Resumed
from prodedit.catalogue.batch.naming import default_pattern, parsed
from prodedit.catalogue.batch.progress import Progress
from prodedit.catalogue.batch.states import Picture
from prodedit.catalogue.batch.work import Workshop
from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.edits.layers import existing
from prodedit.core.export_setting import ExportSetting
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.presets import Making, Preset, Window
from prodedit.core.problem import Problem
from prodedit.core.tiles import Tiles
from prodedit.engine.recipe import Recipe
from prodedit.engine.tasks import RemoveBackground
from prodedit.files.decoder import Decoder
from tests.batches import LentDecoder, QuickEngine, picture
from tests.fakes import wait_until

FROM = {"source": "a page", "date": "2026-11", "confidence": "official"}
WHITE = edits.SetBackground(SolidFill(Colour(255, 255, 255)))
RECIPE = Recipe("White", (RemoveBackground(), WHITE), ExportSetting("png"))
SHOP = Preset(
    name="Shop",
    platform="Shop",
    making=Making(size=(80, 80), least=80, fill=0.8, format="jpeg"),
    rules=(Window(rule="width", low=80, high=80, **FROM), Window(rule="bytes", low=1e9, **FROM)),
)
BANNER = Preset(
    name="Banner",
    platform="Shop",
    making=Making(size=(90, 60), least=90, fill=0.0, format="png", backdrop="keep"),
    rules=(Window(rule="width", low=90, high=90, **FROM),),
)
OWN = Doing(RECIPE, export=RECIPE.export)
BOTH = Doing(RECIPE, {"shop": SHOP, "banner": BANNER}, enlarge=False)
BARE = msgspec.structs.replace(BOTH, recipe=None)


class Heard:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.progress: list[Progress] = []

    def on_picture(self, picture: Picture) -> None:
        self.pictures.append(picture)

    def on_progress(self, progress: Progress) -> None:
        self.progress.append(progress)


@pytest.fixture(scope="module")
def decoder() -> Iterator[LentDecoder]:
    with Decoder() as made:
        yield LentDecoder(made)


@pytest.fixture
def engine() -> QuickEngine:
    return QuickEngine()


@pytest.fixture
def shop(decoder: LentDecoder, engine: QuickEngine) -> Any:
    """Opens batches."""
    opened: list[Batch] = []

    @contextmanager
    def open_one(order: Order, resume: bool = False, **more: Any) -> Iterator[Batch]:
        made, told = Ledger.opened(order, resume=resume)
        batch = Batch(made, Workshop(order.doing, decoder, engine), **more)  # type: ignore[arg-type]
        batch.told = told  # type: ignore[attr-defined]
        opened.append(batch)
        try:
            yield batch
        finally:
            batch.close()

    return open_one


def photos(folder: Path, *corners: int) -> Path:
    """One for each: the green of its corner, which is its score."""
    for number, green in enumerate(corners):
        picture(folder / f"{number}.png", (90, green, 90))
    return folder


def order(tmp_path: Path, doing: Doing = OWN, *corners: int) -> Order:
    if corners or not (tmp_path / "in").exists():
        photos(tmp_path / "in", *(corners or (250, 240, 230)))
    found = gather([str(tmp_path / "in")]).pictures
    return Order(found, doing, tmp_path / "out", default_pattern(len(doing.presets)))


def finished(batch: Batch) -> Batch:
    batch.start()
    assert batch.wait(60)
    return batch


def files(folder: Path) -> dict[str, bytes]:
    """All that a person would see."""
    every = sorted(path for path in folder.rglob("*.*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in every
        if FOLDER not in path.parts
    }


def states(batch: Batch) -> list[str]:
    return [each.state for each in batch.pictures]


# The run -----------------------------------------------------------------------------------------


def test_each_picture_is_done_for_each_preset_and_judged(shop: Any, tmp_path: Path) -> None:
    heard = Heard()
    with shop(order(tmp_path, BOTH), listener=heard) as batch:
        finished(batch)
        assert states(batch) == ["done"] * 3
        assert batch.progress[:6] == ("idle", 3, 3, 0, 0, 0)
        one = batch.pictures[0]
    assert set(files(tmp_path / "out")) == {
        f"{name}/{n}.{end}" for n in range(3) for name, end in (("shop", "jpg"), ("banner", "png"))
    }
    assert one.written["banner"].outcome == "passes"
    assert [told.rule for told in one.written["shop"].told] == ["bytes"]
    assert (one.outcome, one.score) == ("fails", 250 / 255)
    stages = [each.stage for each in heard.pictures if each.number == 0 and each.stage]
    assert list(dict.fromkeys(stages)) == ["reading", "cutting", "making", "checking"]
    fractions = [each.fraction for each in heard.pictures if each.number == 0 and each.stage]
    assert fractions == sorted(fractions)
    assert heard.progress[-1].phase == "stopped"
    with Image.open(tmp_path / "out" / "shop" / "0.jpg") as made:
        assert made.size == (80, 80)


def test_a_frame_does_not_hide_that_the_photo_cut_the_product_off(
    shop: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nor does a size; the engine finds the upper half of the picture."""
    rule = Window(rule="edges-touched", high=0, **FROM)
    square = (edits.FrameProduct(PHOTO, 1, 1, 0.8), edits.ResizeImage(Size(100, 100)))
    recipe = Recipe("Square", (*RECIPE.steps, *square))
    doing = Doing(recipe, {"shop": msgspec.structs.replace(SHOP, rules=(rule,))}, enlarge=False)
    cut = QuickEngine.run

    def upper(self: QuickEngine, *arguments: Any, **named: Any) -> Any:
        found = cut(self, *arguments, **named)
        found.alpha[:32] = 255
        return found

    monkeypatch.setattr(QuickEngine, "run", upper)
    for review in (0.0, 0.9):
        doing = msgspec.structs.replace(doing, review=review)
        with shop(order(tmp_path, doing, 250)) as batch:
            finished(batch)
            told = batch.pictures[0].written["shop"].told
            assert [(each.rule, each.measured) for each in told] == [("edges-touched", 3.0)]


def test_no_engine_is_started_that_nobody_asks(
    shop: Any, engine: QuickEngine, tmp_path: Path
) -> None:
    small = Recipe("Small", (edits.ResizeImage(Size(8, 8)),), RECIPE.export)
    with shop(order(tmp_path, Doing(small, export=RECIPE.export))) as batch:
        finished(batch)
        assert states(batch) == ["done"] * 3
    assert not engine.started
    with shop(order(tmp_path, BARE)) as batch:
        finished(batch)
    assert engine.started == [RemoveBackground()]


def test_a_bad_picture_costs_only_itself_and_can_be_tried_again(shop: Any, tmp_path: Path) -> None:
    asked = order(tmp_path)
    good = (tmp_path / "in" / "1.png").read_bytes()
    (tmp_path / "in" / "1.png").write_bytes(b"no picture")
    with shop(asked) as batch:
        finished(batch)
        assert states(batch) == ["done", "failed", "done"]
        assert batch.pictures[1].code == "not-a-picture"
        assert "not a picture" in batch.pictures[1].message
        (tmp_path / "in" / "1.png").write_bytes(good)
        batch.retry()
        assert batch.wait(60)
        assert states(batch) == ["done"] * 3
    assert len(files(tmp_path / "out")) == 3


def test_pausing_begins_nothing_further(shop: Any, engine: QuickEngine, tmp_path: Path) -> None:
    engine.held.clear()
    with shop(order(tmp_path), at_once=1) as batch:
        batch.start()
        wait_until(lambda: engine.asked)
        batch.pause()
        engine.held.set()
        wait_until(lambda: "done" in states(batch))
        assert batch.progress.phase == "paused"
        assert states(batch) == ["done", "waiting", "waiting"]
        batch.go_on()
        assert batch.wait(60)
        assert states(batch) == ["done"] * 3


def test_closing_lets_go_of_what_is_under_way(
    shop: Any, engine: QuickEngine, tmp_path: Path
) -> None:
    engine.held.clear()
    with shop(order(tmp_path), at_once=2) as batch:
        batch.start()
        wait_until(lambda: len(engine.asked) == 2)
        batch.stop()
        assert batch.wait(60)
        batch.close()
        assert states(batch) == ["waiting"] * 3
    assert not files(tmp_path / "out")
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("batch")]


@pytest.mark.parametrize("code", ["engine-no-start", "disk-full"])
def test_what_every_picture_would_meet_halts(
    code: str, shop: Any, engine: QuickEngine, tmp_path: Path
) -> None:
    engine.problems = [Problem("It is gone.", code=code)]
    with shop(order(tmp_path), at_once=1) as batch:
        finished(batch)
        assert batch.progress.phase == "halted"
        assert str(batch.progress.problem) == "It is gone."
        assert states(batch) == ["waiting"] * 3
        batch.go_on()
        assert batch.wait(60)
        assert states(batch) == ["done"] * 3


def test_an_output_folder_that_is_gone_is_not_made_anew(shop: Any, tmp_path: Path) -> None:
    with shop(order(tmp_path), at_once=1) as batch:
        (tmp_path / "out").rename(tmp_path / "pulled")
        finished(batch)
        assert batch.progress.problem is not None
        assert batch.progress.problem.code == "target-gone"
        assert not (tmp_path / "out").exists()
        (tmp_path / "pulled").rename(tmp_path / "out")
        batch.go_on()
        assert batch.wait(60)
        assert states(batch) == ["done"] * 3


def test_pictures_may_be_added_and_done_again_when_they_change(shop: Any, tmp_path: Path) -> None:
    with shop(order(tmp_path)) as batch:
        finished(batch)
        before = files(tmp_path / "out")
        late = picture(tmp_path / "late" / "0.png", (90, 200, 90), 48)
        added = batch.add(Found(late, PurePath("0.png")))
        assert batch.wait(60)
        assert batch.pictures[added.number].state == "done"
        made = files(tmp_path / "out")
        assert {name: made[name] for name in before} == before
        assert set(made) - set(before) == {"0-2.png"}
        picture(tmp_path / "in" / "1.png", (90, 100, 90), 32)
        batch.do_again(1)
        assert batch.wait(60)
        assert batch.pictures[1].score == 100 / 255
    assert files(tmp_path / "out")["1.png"] != before["1.png"]


def test_small_pictures_and_recipes_come_along(shop: Any, tmp_path: Path) -> None:
    doing = msgspec.structs.replace(BOTH, small=24, keep_recipe=True)
    with shop(order(tmp_path, doing)) as batch:
        finished(batch)
        for key in ("photo", "shop", "banner"):
            with Image.open(batch.small(1, key)) as small:
                assert max(small.size) == 24
    beside = json.loads((tmp_path / "out" / "shop" / "1.jpg.json").read_bytes())
    assert (beside["name"], beside["export"]["format"]) == ("White", "jpeg")


# The review queue --------------------------------------------------------------------------------


@pytest.mark.parametrize("doing", [OWN, BOTH, BARE], ids=["own", "both", "bare"])
def test_what_a_person_accepts_untouched_has_the_same_bytes(
    doing: Doing, shop: Any, engine: QuickEngine, tmp_path: Path
) -> None:
    with shop(order(tmp_path, doing, 250, 90, 60, 240)) as batch:
        finished(batch)
    at_once = files(tmp_path / "out")
    looked = replace(order(tmp_path, msgspec.structs.replace(doing, review=0.9)))
    looked = replace(looked, target=tmp_path / "reviewed")
    with shop(looked) as batch:
        finished(batch)
        assert states(batch) == ["done", "needs-review", "needs-review", "done"]
        assert [each.number for each in batch.review] == [2, 1]
        assert batch.progress.review == 2
        asked = len(engine.asked)
        shown = existing(batch.cut_out(1), PHOTO)
        assert shown.mask is not None
        batch.accept(1)
        batch.accept(2)
        assert batch.wait(60)
        assert states(batch) == ["done"] * 4
        assert len(engine.asked) == asked, "what was cut out is not cut out again"
    assert files(tmp_path / "reviewed") == at_once


def test_a_corrected_mask_is_what_is_exported_also_after_a_restart(
    shop: Any, tmp_path: Path
) -> None:
    asked = order(tmp_path, msgspec.structs.replace(OWN, review=0.9), 60, 60)
    with shop(asked) as batch:
        finished(batch)
        mask = existing(batch.cut_out(0), PHOTO).mask
        assert mask is not None
        alpha = np.zeros((64, 64), np.uint8)
        alpha[:, :10] = 255
        alpha[:, 40:] = 9  # as a soft eraser leaves it
        batch.pause()
        batch.accept(0, replace(mask, alpha=Tiles.from_array(alpha)))
        batch.leave_out(1)
    with shop(asked, resume=True) as batch:
        assert states(batch) == ["accepted", "skipped"]
        finished(batch)
        assert batch.pictures[0].corrected
    with (
        Image.open(tmp_path / "out" / "0.png") as made,
        Image.open(tmp_path / "in" / "0.png") as source,
    ):
        seen, was = np.asarray(made), np.asarray(source)
    assert (seen[:, :10] == was[:, :10]).all()
    assert (seen[:, 10:] == 255).all()
    assert len(files(tmp_path / "out")) == 1


def test_a_lost_cut_out_is_made_again(shop: Any, tmp_path: Path) -> None:
    asked = order(tmp_path, msgspec.structs.replace(OWN, review=0.9), 60)
    with shop(asked) as batch:
        finished(batch)
        next((tmp_path / "out" / FOLDER / "masks").iterdir()).write_bytes(b"damaged")
        with pytest.raises(Problem) as caught:
            batch.cut_out(0)
        assert caught.value.code == "mask-lost"
        batch.accept(0)
        assert batch.wait(60)
        assert states(batch) == ["needs-review"], "it is shown to the person once more"
        batch.accept(0)
        assert batch.wait(60)
        assert states(batch) == ["done"]


# Going on ----------------------------------------------------------------------------------------


def stat_of(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in files(folder)}


def test_what_is_done_is_not_done_again(shop: Any, engine: QuickEngine, tmp_path: Path) -> None:
    asked = order(tmp_path, BOTH)
    with shop(asked) as batch:
        finished(batch)
    before, count = stat_of(tmp_path / "out"), len(engine.asked) + len(engine.started)
    with shop(asked, resume=True) as batch:
        finished(batch)
        assert batch.told == Resumed(done=3)
        assert batch.pictures[0].outcome == "fails", "what was found is known still"
    assert stat_of(tmp_path / "out") == before
    assert len(engine.asked) + len(engine.started) == count


def test_only_what_has_changed_is_done_again(shop: Any, tmp_path: Path) -> None:
    asked = order(tmp_path)
    with shop(asked) as batch:
        finished(batch)
    before = stat_of(tmp_path / "out")
    picture(tmp_path / "in" / "0.png", (90, 10, 90), 32)  # another photo
    os.utime(tmp_path / "in" / "1.png", (1, 1))  # the same, touched
    (tmp_path / "out" / "2.png").write_bytes(b"cut off")
    picture(tmp_path / "in" / "0.jpg")  # a new one that would take the name of an old one's file
    with shop(order(tmp_path), resume=True) as batch:
        assert batch.told == Resumed(done=1, changed_inputs=1, lost_outputs=1)
        finished(batch)
        assert states(batch) == ["done"] * 4
    after = stat_of(tmp_path / "out")
    assert {name for name in after if after[name] != before.get(name)} == {
        "0.png", "2.png", "0-2.png"
    }  # fmt: skip
    with Image.open(tmp_path / "out" / "0.png") as made:
        assert made.size == (32, 32)


def test_another_recipe_does_all_again_another_preset_only_itself(
    shop: Any, tmp_path: Path
) -> None:
    with shop(order(tmp_path, BOTH)) as batch:
        finished(batch)
    before = stat_of(tmp_path / "out")
    wider = msgspec.structs.replace(
        BANNER, making=msgspec.structs.replace(BANNER.making, size=(96, 64))
    )
    other = msgspec.structs.replace(BOTH, presets={"shop": SHOP, "banner": wider})
    with shop(order(tmp_path, other), resume=True) as batch:
        assert batch.told.other_doing
        finished(batch)
    after = stat_of(tmp_path / "out")
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"banner/0.png", "banner/1.png", "banner/2.png"}
    grey = Recipe("Grey", (RemoveBackground(),), RECIPE.export)
    with shop(order(tmp_path, msgspec.structs.replace(other, recipe=grey)), resume=True) as batch:
        assert (batch.told.done, batch.told.other_doing) == (0, True)
        finished(batch)
    assert all(stat_of(tmp_path / "out")[name] != after[name] for name in after)


def test_a_manifest_cut_off_or_damaged_anywhere_loses_no_picture(shop: Any, tmp_path: Path) -> None:
    asked = order(tmp_path)
    with shop(asked) as batch:
        finished(batch)
    manifest = tmp_path / "out" / FOLDER / MANIFEST
    whole = manifest.read_bytes()
    made = files(tmp_path / "out")
    for cut in (len(whole) - 1, len(whole) - 40, len(whole) // 2, 100, 0):
        manifest.write_bytes(whole[:cut])
        with shop(asked, resume=True) as batch:
            finished(batch)
            assert states(batch) == ["done"] * 3
        assert files(tmp_path / "out") == made
    manifest.write_bytes(whole.replace(b'"done"', b'"dome"', 1))
    with shop(asked, resume=True) as batch:
        assert batch.told.done == 2
        finished(batch)
    assert files(tmp_path / "out") == made


def test_two_batches_are_never_at_work_in_one_folder(shop: Any, tmp_path: Path) -> None:
    asked = order(tmp_path)
    with shop(asked), pytest.raises(Problem) as caught:
        Ledger.opened(asked)
    assert caught.value.code == "batch-at-work"
    with shop(asked, resume=True) as batch:
        finished(batch)


def test_a_batch_tells_what_it_was(shop: Any, tmp_path: Path) -> None:
    asked = replace(order(tmp_path, BOTH), pattern=parsed("{stem}-{preset}"))
    with shop(asked):
        pass
    told = ledger.recorded(tmp_path / "out" / FOLDER)
    assert told is not None
    assert told.order == asked
    assert ledger.recorded(tmp_path / "nowhere") is None


def test_names_that_are_no_text_are_kept(shop: Any, tmp_path: Path) -> None:
    odd = os.fsdecode(b"caf\xe9.png")
    picture(tmp_path / "in" / "x.png").rename(tmp_path / "in" / odd)
    asked = order(tmp_path)
    with shop(asked) as batch:
        finished(batch)
        assert states(batch) == ["done"]
    with shop(asked, resume=True) as batch:
        assert batch.told.done == 1
