# SPDX-License-Identifier: Apache-2.0
"""Pictures that belong together are made alike: their scale, and their light.

Over 400 lines: values, and batches of the same small photos that show what comes of them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image

from prodedit.catalogue.batch.alike import (
    Alike,
    Common,
    Facts,
    common_of,
    fill_of,
    group_of,
    least_fill,
    light_of,
)
from prodedit.catalogue.batch.batch import Batch
from prodedit.catalogue.batch.doing import Doing, check_sense
from prodedit.catalogue.batch.inputs import Found, gather
from prodedit.catalogue.batch.ledger import FOLDER, Ledger, Order
from prodedit.catalogue.batch.naming import default_pattern
from prodedit.catalogue.batch.standing import MASKS
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
from prodedit.engine.results import MaskResult, Result
from prodedit.engine.tasks import RemoveBackground, Task
from prodedit.files.decoder import Decoder
from tests.batches import LentDecoder

FROM: Any = {"source": "a page", "date": "2026-11", "confidence": "official"}
STEPS = (
    RemoveBackground(),
    edits.SetBackground(SolidFill(Colour(255, 255, 255))),
    edits.FrameProduct(PHOTO, 1, 1, 0.8),
)
WHITE = Recipe("White", STEPS, ExportSetting("png"))
SHOP = Preset(
    name="Shop",
    platform="Shop",
    making=Making(size=(100, 100), least=100, fill=0.8, format="png"),
    rules=(),
)
SQUARE = Size(1, 1)


class SeesWhatDiffers:
    """An engine: product is what is not as the corner is. Its score is 0.9, or 0.1 where the
    corner's blue is odd."""

    def __init__(self) -> None:
        self.asked = 0

    def start(self, *tasks: Task) -> None:
        """There is nothing to load."""

    def run(self, task: Task, inputs: Mapping[str, Any], **named: Any) -> Result:
        assert isinstance(task, RemoveBackground)
        self.asked += 1
        source = getattr(inputs["source"], "array", inputs["source"])
        off = np.abs(source[..., :3].astype(int) - source[0, 0, :3]).max(axis=2)
        alpha = np.where(off > 40, 255, 0).astype(np.uint8)
        score = 0.1 if source[0, 0, 0] % 2 else 0.9
        return MaskResult(alpha, np.full_like(alpha, 255), None, score, task.model)

    def close(self) -> None:
        """There is nothing to end."""


@pytest.fixture(scope="module")
def decoder() -> Iterator[LentDecoder]:
    with Decoder() as made:
        yield LentDecoder(made)


@pytest.fixture
def engine() -> SeesWhatDiffers:
    return SeesWhatDiffers()


@pytest.fixture
def shop(decoder: LentDecoder, engine: SeesWhatDiffers) -> Any:
    @contextmanager
    def open_one(
        order: Order, resume: bool = False, at_once: int = 2, grows: bool = False
    ) -> Iterator[Batch]:
        made, _ = Ledger.opened(order, resume=resume)
        workshop = Workshop(order.doing, decoder, engine)  # type: ignore[arg-type]
        batch = Batch(made, workshop, at_once=at_once, grows=grows)
        try:
            yield batch
        finally:
            batch.close()

    return open_one


def photo(
    path: Path,
    width: int = 40,
    height: int = 20,
    product: tuple[int, int, int] = (120, 60, 40),
    backdrop: tuple[int, int, int] = (220, 220, 220),
) -> Path:
    """A box in the middle of a plain backdrop, 100 by 100."""
    pixels = np.full((100, 100, 3), backdrop, np.uint8)
    top, left = 50 - height // 2, 50 - width // 2
    pixels[top : top + height, left : left + width] = product
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def order(tmp_path: Path, alike: Alike | None, recipe: Recipe | None = WHITE, **more: Any) -> Order:
    presets = {} if recipe is not None else {"shop": more.pop("preset", SHOP)}
    doing = Doing(recipe, presets, ExportSetting("png"), enlarge=False, alike=alike, **more)
    found = gather([str(tmp_path / "in")]).pictures
    return Order(found, doing, tmp_path / "out", default_pattern(1))


def finished(batch: Batch) -> Batch:
    batch.start()
    assert batch.wait(60)
    return batch


def made(tmp_path: Path) -> dict[str, np.ndarray]:
    files = sorted((tmp_path / "out").rglob("*.png"))
    return {path.stem: np.array(Image.open(path).convert("RGB")) for path in files}


def side(pixels: np.ndarray) -> float:
    """The product's long side, as a share of the frame's."""
    rows, columns = np.nonzero(pixels.min(axis=2) < 200)
    return max(np.ptp(rows) + 1, np.ptp(columns) + 1) / len(pixels)


def colour(pixels: np.ndarray) -> np.ndarray:
    """Of the product's middle."""
    middle = len(pixels) // 2
    part = pixels[middle - 2 : middle + 2, middle - 2 : middle + 2].reshape(-1, 3)
    return np.asarray(part.mean(axis=0))


def states(batch: Batch) -> list[str]:
    return [each.state for each in batch.pictures]


# Scale -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("recipe", [WHITE, None], ids=["recipe", "preset"])
def test_products_keep_their_sizes_to_each_other_or_fill_alike(
    recipe: Recipe | None, shop: Any, engine: SeesWhatDiffers, tmp_path: Path
) -> None:
    photo(tmp_path / "in" / "large.png", 60, 20)
    photo(tmp_path / "in" / "small.png", 15, 30)
    with shop(order(tmp_path, Alike("all", "real"), recipe)) as batch:
        finished(batch)
        assert states(batch) == ["done", "done"]
    real = {name: side(pixels) for name, pixels in made(tmp_path).items()}
    assert real["large"] == pytest.approx(0.8, abs=0.03)
    assert real["small"] == pytest.approx(0.4, abs=0.03)
    assert engine.asked == 2, "each is cut out once, although it is worked on twice"
    assert not list((tmp_path / "out" / FOLDER / MASKS).iterdir()), "nothing is left lying about"
    with shop(order(tmp_path, Alike("all", "fill"), recipe)) as batch:
        finished(batch)
    fills = [side(pixels) for pixels in made(tmp_path).values()]
    assert fills == pytest.approx([0.8, 0.8], abs=0.03)


def test_folders_are_groups_of_their_own(shop: Any, tmp_path: Path) -> None:
    photo(tmp_path / "in" / "bags" / "bag.png", 80, 20)
    photo(tmp_path / "in" / "rings" / "ring.png", 20, 10)
    with shop(order(tmp_path, Alike("folder", "real"))) as batch:
        finished(batch)
    assert [side(p) for p in made(tmp_path).values()] == pytest.approx([0.8, 0.8], abs=0.05)


def test_a_frame_of_another_shape_asks_for_the_side_that_is_reached_first() -> None:
    common = Common(width=0.6, height=0.4)
    assert fill_of(Facts(0.3, 0.4), common, SQUARE, 0.9) == pytest.approx(0.6)
    assert fill_of(Facts(0.3, 0.4), common, Size(3, 4), 0.9) == pytest.approx(0.45)
    assert fill_of(Facts(0.01, 0.01), common, SQUARE, 0.8) == pytest.approx(0.2), "still seen"
    assert fill_of(Facts(), common, SQUARE, 0.8) == 0.8, "nothing is known of it"
    later = Facts(0.9, 0.9)
    assert fill_of(later, common, SQUARE, 0.8) == 0.8, "one that came later is never cut off"


def test_no_product_gets_smaller_than_a_rule_allows(shop: Any, tmp_path: Path) -> None:
    rules = (Window(rule="fill-long", low=0.6, **FROM), Window(rule="product-side", low=30, **FROM))
    strict = msgspec.structs.replace(SHOP, rules=rules)
    assert least_fill(strict) == pytest.approx(0.61)
    advice = (Window(rule="fill-long", low=0.6, weight="advice", **FROM),)
    assert least_fill(msgspec.structs.replace(SHOP, rules=advice)) == 0.0
    border = (Window(rule="margin-long", high=15, **FROM),)
    assert least_fill(msgspec.structs.replace(SHOP, rules=border)) == pytest.approx(0.71)
    photo(tmp_path / "in" / "large.png", 80, 20)
    photo(tmp_path / "in" / "small.png", 20, 20)
    with shop(order(tmp_path, Alike("all", "real"), None, preset=strict)) as batch:
        finished(batch)
        assert [each.outcome for each in batch.pictures] == ["passes", "passes"]
    assert side(made(tmp_path)["small"]) == pytest.approx(0.61, abs=0.02)


# Light -------------------------------------------------------------------------------------------

LIGHTS = {"dark": (0.86, 0.86, 0.86), "right": (1.0, 1.0, 1.0), "warm": (1.05, 1.0, 0.95)}


def spread(tmp_path: Path) -> float:
    """Levels, of the products' colours."""
    return float(np.ptp([colour(pixels) for pixels in made(tmp_path).values()], axis=0).max())


def test_a_backdrop_that_is_white_tells_of_the_light(shop: Any, tmp_path: Path) -> None:
    for name, gains in LIGHTS.items():
        lit = [tuple(round(v * g) for v, g in zip(c, gains, strict=True)) for c in COLOURS]
        photo(tmp_path / "in" / f"{name}.png", 40, 20, *lit)  # type: ignore[arg-type]
    with shop(order(tmp_path, Alike("all", light=False))) as batch:
        finished(batch)
    before = spread(tmp_path)
    with shop(order(tmp_path, Alike("all"))) as batch:
        finished(batch)
    assert before > 20
    assert spread(tmp_path) < before / 4
    right = colour(made(tmp_path)["right"])
    assert right == pytest.approx(COLOURS[0], abs=1.5), "the one in the middle stays"


COLOURS = ((160, 110, 70), (225, 225, 225))


def test_without_one_the_products_tell_and_only_half_of_it_is_believed() -> None:
    common = common_of([Facts(0.5, 0.5, light) for light in (90, 100, 108)])
    assert common.backdrop is None
    lighter = light_of(Facts(0.5, 0.5, 90), common)
    assert lighter is not None
    assert 92 < lighter.rgb[2].after < 98
    assert (lighter.rgb[0].after, lighter.rgb[-1].after) == (0, 255), "black and white stay"
    darker = light_of(Facts(0.5, 0.5, 108), common)
    assert darker is not None
    assert 101 < darker.rgb[2].after < 107
    assert light_of(Facts(0.5, 0.5, 30), common) is None, "a black one among grey ones stays black"
    assert light_of(Facts(0.5, 0.5, 0), common) is None


def test_light_is_changed_gently() -> None:
    common = Common(0.5, 0.5, 100, (250.0, 250.0, 250.0))
    far = light_of(Facts(0.5, 0.5, 60, (150.0, 150.0, 150.0)), common)
    assert far is not None
    assert far.red[2].after == pytest.approx(180, abs=0.5)
    assert light_of(Facts(0.5, 0.5, 60), common) is None, "nothing is known of its light"
    assert light_of(Facts(0.5, 0.5, 60, (250.0, 250.4, 250.0)), common) is None
    white = light_of(Facts(0.5, 0.5, 60, (255.0, 255.0, 255.0)), common)
    assert white is not None
    assert [dot.after for dot in white.red] == [0, 250]


def test_most_backdrops_decide_how_light_is_told() -> None:
    light, none = Facts(0.5, 0.5, 90, (240.0, 230.0, 220.0)), Facts(0.5, 0.5, 100)
    assert common_of([light, light, none]).backdrop == (240.0, 230.0, 220.0)
    assert common_of([light, none, none]).backdrop is None
    assert common_of([Facts()]) == Common()


# The batch ---------------------------------------------------------------------------------------


def test_what_was_stopped_goes_on_with_the_same_bytes(
    shop: Any, engine: SeesWhatDiffers, tmp_path: Path
) -> None:
    for number, width in enumerate((60, 50, 40, 30)):
        photo(tmp_path / "in" / f"{number}.png", width, 20, backdrop=(200 + 10 * number,) * 3)
    wanted = order(tmp_path, Alike("all", "real"))
    with shop(wanted) as batch:
        finished(batch)
    whole = made(tmp_path)
    engine.asked = 0
    other = replace(wanted, target=tmp_path / "again")
    with shop(other, at_once=1) as batch:  # it is stopped when two are measured
        batch.start()
        while states(batch).count("measured") < 2:
            assert batch.progress.phase == "running"
    assert not list((tmp_path / "again").glob("*.png")), "no file before all are measured"
    with shop(other, resume=True) as batch:
        finished(batch)
        assert states(batch) == ["done"] * 4
    assert engine.asked <= 5, "what was measured is not cut out again, but for one under way"
    for name, pixels in whole.items():
        assert np.array_equal(np.array(Image.open(tmp_path / "again" / f"{name}.png")), pixels)


def test_what_comes_later_joins_its_group(shop: Any, tmp_path: Path) -> None:
    photo(tmp_path / "in" / "large.png", 60, 20)
    photo(tmp_path / "in" / "small.png", 30, 20)
    with shop(order(tmp_path, Alike("all", "real"))) as batch:
        finished(batch)
    old = {path: path.read_bytes() for path in (tmp_path / "out").glob("*.png")}
    photo(tmp_path / "in" / "new.png", 45, 20)
    photo(tmp_path / "in" / "larger.png", 90, 20)
    with shop(order(tmp_path, Alike("all", "real")), resume=True) as batch:
        finished(batch)
        assert states(batch) == ["done"] * 4
    assert {path: path.read_bytes() for path in old} == old
    assert side(made(tmp_path)["new"]) == pytest.approx(0.6, abs=0.03)
    assert side(made(tmp_path)["larger"]) == pytest.approx(0.8, abs=0.03)


def test_a_group_that_grows_is_measured_when_it_is_said_to_be_whole(
    shop: Any, tmp_path: Path
) -> None:
    """What comes then is made like it, is told where it outgrows it, and changes nothing."""

    def added(name: str, width: int) -> None:
        path = photo(tmp_path / "in" / f"{name}.png", width, 20)
        batch.add(Found(path, PurePath(path.name)))
        assert batch.wait(60)

    photo(tmp_path / "in" / "small.png", 30, 20)
    with shop(order(tmp_path, Alike("all", "real")), grows=True) as batch:
        batch.complete("*")
        batch.start()
        added("large", 60)
        assert states(batch) == ["measured", "measured"], "one has come since"
        assert made(tmp_path) == {}
        batch.complete("*")
        assert batch.wait(60)
        assert states(batch) == ["done", "done"]
        old = {path: path.read_bytes() for path in (tmp_path / "out").glob("*.png")}
        added("new", 45)
        added("larger", 90)
        assert states(batch) == ["done"] * 4
        notes = [[str(note) for note in each.notes] for each in batch.pictures]
        assert notes[:3] == [[], [], []]
        assert "larger than the largest" in notes[3][0]
    assert {path: path.read_bytes() for path in old} == old
    sides = {name: round(side(pixels), 1) for name, pixels in made(tmp_path).items()}
    assert sides == {"small": 0.4, "large": 0.8, "new": 0.6, "larger": 0.8}


def test_another_way_to_be_alike_is_another_batch(
    shop: Any, engine: SeesWhatDiffers, tmp_path: Path
) -> None:
    photo(tmp_path / "in" / "large.png", 60, 20)
    photo(tmp_path / "in" / "small.png", 30, 20)
    with shop(order(tmp_path, None)) as batch:
        finished(batch)
    assert side(made(tmp_path)["small"]) == pytest.approx(0.8, abs=0.03)
    with shop(order(tmp_path, Alike("all", "real")), resume=True) as batch:
        finished(batch)
    assert side(made(tmp_path)["small"]) == pytest.approx(0.4, abs=0.03)
    engine.asked = 0
    with shop(order(tmp_path, Alike("folder", "real")), resume=True) as batch:
        finished(batch)
        assert states(batch) == ["done", "done"]
    assert engine.asked == 2, "made anew, by what is common to the new groups"


def test_a_group_waits_for_who_looks_and_a_corrected_one_is_measured_anew(
    shop: Any, tmp_path: Path
) -> None:
    photo(tmp_path / "in" / "doubtful.png", 80, 20, backdrop=(221, 221, 221))
    photo(tmp_path / "in" / "sure.png", 40, 20)
    with shop(order(tmp_path, Alike("all", "real"), review=0.5)) as batch:
        finished(batch)
        assert states(batch) == ["needs-review", "measured"]
        document = batch.cut_out(0)
        mask = existing(document, PHOTO).mask
        assert mask is not None
        half = mask.alpha.to_array().copy()
        half[:, :50] = 0
        batch.accept(0, replace(mask, alpha=Tiles.from_array(half)))
        assert batch.wait(60)
        assert states(batch) == ["done", "done"]
    assert side(made(tmp_path)["sure"]) == pytest.approx(0.8, abs=0.03), "as large as that half"


def test_one_that_is_left_out_or_fails_keeps_nobody_waiting(shop: Any, tmp_path: Path) -> None:
    photo(tmp_path / "in" / "a.png", 80, 20, backdrop=(221, 221, 221))
    photo(tmp_path / "in" / "b.png", 40, 20)
    (tmp_path / "in" / "broken.png").write_bytes(b"nothing")
    with shop(order(tmp_path, Alike("all", "real"), review=0.5)) as batch:
        finished(batch)
        batch.leave_out(0)
        assert batch.wait(60)
        assert states(batch) == ["skipped", "done", "failed"]
    assert side(made(tmp_path)["b"]) == pytest.approx(0.8, abs=0.03)


def test_names_of_groups() -> None:
    found = Found(Path("/a/b.png"), PurePath("shoes/b.png"))
    assert group_of(None, found, None) == ""
    assert group_of(Alike("folder"), found, None) == "shoes"
    assert group_of(Alike("all"), found, None) == "*"
    assert group_of(Alike("table"), found, {"group": "Red Shoes"}) == "red shoes"
    assert group_of(Alike("table", column="line"), found, {"group": "x"}) == "", "by itself"


def test_nothing_is_alike_without_a_cut_out(tmp_path: Path) -> None:
    plain = Recipe("Small", (edits.ResizeImage(Size(10, 10)),))
    with pytest.raises(Problem, match="nothing cuts them out"):
        check_sense(Doing(plain, alike=Alike()))
