# SPDX-License-Identifier: Apache-2.0
"""Removing a background: the walk from picture to mask, with scripted networks and real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.cards import ModelCard, read_cards
from prodedit.engine.families.background import remove_background, select_object, warm_up
from prodedit.engine.families.coarse import vote
from prodedit.engine.families.reduced import Reduced
from prodedit.engine.service.store import Status, default_store
from prodedit.engine.tasks import RemoveBackground, Seed, SelectObject
from tests.scenes import Scene, studio_scene

CARDS = read_cards(Path(__file__).parents[2] / "models")
Network = Callable[[np.ndarray], np.ndarray]


class ScriptedNetwork:
    """A network that is a plain function; it asks whether to stop, as real ones do."""

    def __init__(self, answer: Network) -> None:
        self._answer = answer

    def run(self, x: np.ndarray, cancelled: Callable[[], bool]) -> np.ndarray:
        answer = self._answer(x)
        if cancelled():
            raise Cancelled
        return answer


class ScriptedStore:
    """A store whose networks are plain functions."""

    def __init__(self, **networks: Network) -> None:
        self.networks = networks
        self.asked: list[str] = []

    def card(self, model: str) -> ModelCard:
        if model not in CARDS:
            raise Problem("There is no such model.", code="unknown-model")
        return CARDS[model]

    def state(self, model: str) -> Any:
        present = model in self.networks
        return SimpleNamespace(status=Status.PRESENT if present else Status.MISSING)

    def use(self, card: ModelCard, device: object = None) -> ScriptedNetwork:
        del device
        self.asked.append(card.id)
        return ScriptedNetwork(self.networks[card.id])


class ScriptedContext:
    """A context that remembers what was reported, and cancels when told to."""

    device = None

    def __init__(self, store: Any, cancel_after: int = 10_000) -> None:
        self.store = store
        self.reports: list[tuple[float, str]] = []
        self._left = cancel_after

    def report(self, fraction: float, text: str) -> None:
        self.reports.append((fraction, text))
        self._left -= 1
        if self.cancelled():
            raise Cancelled

    def cancelled(self) -> bool:
        return self._left < 0

    def cancel(self) -> None:
        self._left = -1


def drawing(alpha: np.ndarray, side: int) -> Network:
    """A network that draws this alpha whatever it is shown."""
    small = cv2.resize(alpha, (side, side), interpolation=cv2.INTER_AREA) / np.float32(255)
    return lambda tensor: small[None, None].astype(np.float32)


def opaque(picture: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGRA))


@pytest.fixture(scope="module")
def scene() -> Scene:
    return studio_scene("mug", "wood", (480, 360), 4)


def scripted(scene: Scene) -> ScriptedStore:
    return ScriptedStore(u2net=drawing(scene.alpha, 320), isnet=drawing(scene.alpha, 1024))


def iou(alpha: np.ndarray, scene: Scene) -> float:
    ours, true = alpha > 127, scene.alpha > 127
    return float((ours & true).sum() / (ours | true).sum())


@pytest.mark.parametrize("model", ["u2net", "isnet"])
def test_one_network(scene: Scene, model: str) -> None:
    context = ScriptedContext(scripted(scene))
    result = remove_background(RemoveBackground(model), {"source": opaque(scene.picture)}, context)
    assert result.model == model
    assert result.alpha.shape == result.confidence.shape == scene.alpha.shape
    assert iou(result.alpha, scene) > 0.98
    assert result.foreground is not None
    assert 0.8 < result.score <= 1
    fractions = [fraction for fraction, _ in context.reports]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_without_refining_the_matte_is_only_enlarged(scene: Scene) -> None:
    context = ScriptedContext(scripted(scene))
    task = RemoveBackground("u2net", refine=False)
    result = remove_background(task, {"source": opaque(scene.picture)}, context)
    assert result.foreground is None
    small = cv2.resize(scene.alpha, (320, 320), interpolation=cv2.INTER_AREA)
    drawn = cv2.resize(small, (480, 360), interpolation=cv2.INTER_LANCZOS4)
    assert np.abs(result.alpha.astype(int) - drawn).mean() < 1


@pytest.mark.long
def test_a_large_photo_reaches_the_network_as_from_pillow() -> None:
    picture = np.random.default_rng(3).integers(0, 255, (30, 40, 3), dtype=np.uint8)
    source = opaque(cv2.resize(picture, (4000, 3000), interpolation=cv2.INTER_NEAREST))
    shown = Image.fromarray(source[..., :3]).resize((320, 320), Image.Resampling.LANCZOS)
    assert np.array_equal(Reduced(source).lanczos(320)[..., :3], np.asarray(shown))


def test_auto_makes_do_with_the_network_that_is_there(scene: Scene) -> None:
    store = ScriptedStore(u2net=drawing(scene.alpha, 320))
    task, inputs = RemoveBackground("auto"), {"source": opaque(scene.picture)}
    assert remove_background(task, inputs, ScriptedContext(store)).model == "u2net"


def test_warming_up_loads_what_will_be_asked(scene: Scene) -> None:
    store = scripted(scene)
    warm_up(RemoveBackground("auto"), ScriptedContext(store))
    assert store.asked == ["u2net", "isnet"]


def blurred(scene: Scene, sigma: float) -> ScriptedStore:
    soft = np.asarray(cv2.GaussianBlur(scene.alpha, (0, 0), sigma))
    return ScriptedStore(isnet=drawing(soft, 1024))


def test_the_score_falls_with_what_is_unsure_and_is_never_certain(scene: Scene) -> None:
    grey = np.asarray(cv2.cvtColor(scene.picture // 8 + 110, cv2.COLOR_RGB2GRAY))
    inputs = {"source": opaque(np.dstack([grey] * 3))}
    scores = [
        remove_background(
            RemoveBackground("isnet"), inputs, ScriptedContext(blurred(scene, sigma))
        ).score
        for sigma in (0.5, 8, 24)
    ]
    assert 1 > scores[0] > 0.8 > scores[1] > scores[2]
    assert scores[2] < 0.7


@pytest.mark.parametrize("value", [0, 90, 255])
def test_an_empty_picture_is_refused(scene: Scene, value: int) -> None:
    source = np.full((60, 80, 4), value, np.uint8)
    source[..., 3] = 255
    with pytest.raises(Problem) as caught:
        remove_background(RemoveBackground(), {"source": source}, ScriptedContext(scripted(scene)))
    assert caught.value.code == "nothing-found"


@pytest.mark.parametrize("peak", [0.0, 0.02, 0.3])
def test_a_faint_answer_is_not_stretched_into_a_product(scene: Scene, peak: float) -> None:
    faint = np.asarray(scene.alpha * np.float32(peak), np.uint8)
    store = ScriptedStore(u2net=drawing(faint, 320), isnet=drawing(faint, 1024))
    inputs = {"source": opaque(scene.picture)}
    with pytest.raises(Problem) as caught:
        remove_background(RemoveBackground(), inputs, ScriptedContext(store))
    assert caught.value.code == "nothing-found"


@pytest.mark.parametrize(
    "answer",
    [
        np.full((1, 1, 320, 320), np.nan, np.float32),
        np.full((1, 1, 320, 320), np.inf, np.float32),
        np.zeros((1, 3, 320, 320), np.float32),
        np.zeros((320, 320), np.float32),
    ],
)
def test_a_broken_answer_is_refused(scene: Scene, answer: np.ndarray) -> None:
    store = ScriptedStore(u2net=lambda tensor: answer)
    inputs = {"source": opaque(scene.picture)}
    with pytest.raises(Problem) as caught:
        remove_background(RemoveBackground("u2net"), inputs, ScriptedContext(store))
    assert caught.value.code == "bad-network-output"


@pytest.mark.parametrize("reports", [0, 1, 2, 3])
def test_cancelling_ends_it(scene: Scene, reports: int) -> None:
    context = ScriptedContext(scripted(scene), cancel_after=reports)
    with pytest.raises(Cancelled):
        remove_background(RemoveBackground(), {"source": opaque(scene.picture)}, context)


def test_a_network_that_runs_hears_of_a_cancel(scene: Scene) -> None:
    context = ScriptedContext(scripted(scene))

    def cancelled_meanwhile(tensor: np.ndarray) -> np.ndarray:
        context.cancel()
        return drawing(scene.alpha, 320)(tensor)

    context.store = ScriptedStore(u2net=cancelled_meanwhile)
    with pytest.raises(Cancelled):
        remove_background(RemoveBackground("u2net"), {"source": opaque(scene.picture)}, context)
    assert len(context.reports) == 1, "it went on to the next report"


def test_the_same_picture_gives_the_same_bytes(scene: Scene) -> None:
    inputs = {"source": opaque(scene.picture)}
    first, second = (
        remove_background(RemoveBackground(), inputs, ScriptedContext(scripted(scene)))
        for _ in range(2)
    )
    assert np.array_equal(first.alpha, second.alpha)
    assert first.foreground is not None
    assert second.foreground is not None
    assert np.array_equal(first.foreground, second.foreground)


def voted(ground: tuple[int, ...], band: tuple[int, ...], undecided: float) -> np.ndarray:
    """The joined matte of a red thing with a band that IS-Net is unsure of."""
    picture = np.full((400, 400, 4), (*ground, 255), np.uint8)
    picture[60:340, 60:340] = (*band, 255)
    picture[60:200, 60:340] = (40, 40, 200, 255)
    picture[::2] = np.minimum(picture[::2].astype(int) + 6, 255).astype(np.uint8)
    whole = np.zeros((400, 400), np.float32)
    whole[60:340, 60:340] = 1
    fine = whole.copy()
    fine[200:330, 60:340] = undecided
    return vote(picture, whole, whole, fine).matte


def test_a_part_in_other_colours_is_kept_to_its_edge() -> None:
    matte = voted((120, 160, 90), (30, 190, 220), 0.4)
    assert matte[205:325, 66:334].min() > 0.9
    assert matte[:, 350:].max() < 0.05


@pytest.mark.parametrize("undecided", [0.1, 0.6])
def test_where_colours_are_shared_the_coarse_network_is_not_believed(undecided: float) -> None:
    matte = voted((40, 40, 200), (40, 40, 200), undecided)
    assert matte[230:300, 90:310].max() < undecided + 0.05
    assert matte[80:180, 80:320].min() > 0.95


def test_faint_traces_away_from_the_product_go() -> None:
    picture = np.full((400, 400, 4), (120, 160, 90, 255), np.uint8)
    picture[100:250, 100:250] = (40, 40, 200, 255)
    whole = np.zeros((400, 400), np.float32)
    whole[100:250, 100:250] = 1
    fine = whole.copy()
    fine[320:380, 320:380] = 0.2
    fine[100:250, 250:256] = 0.2
    matte = vote(picture, whole, whole, fine).matte
    assert matte[320:380, 320:380].max() < 0.01
    assert matte[150:200, 251:255].min() > 0.15


def middle(alpha: np.ndarray) -> tuple[int, int]:
    y, x = np.nonzero(alpha > 200)
    return int(x.mean()), int(y.mean())


def test_a_click_adds_the_object(scene: Scene) -> None:
    x, y = middle(scene.alpha)
    inputs = {"source": opaque(scene.picture), "mask": np.zeros_like(scene.alpha)}
    context = ScriptedContext(scripted(scene))
    result = select_object(SelectObject((Seed(x, y, True),)), inputs, context)
    assert iou(result.alpha, scene) > 0.93


def test_a_click_removes_the_object(scene: Scene) -> None:
    x, y = middle(scene.alpha)
    inputs = {"source": opaque(scene.picture), "mask": scene.alpha}
    context = ScriptedContext(scripted(scene))
    result = select_object(SelectObject((Seed(x, y, False),)), inputs, context)
    assert (result.alpha > 127).sum() < 0.1 * (scene.alpha > 127).sum()


def test_removing_leaves_no_rim(scene: Scene) -> None:
    x, y = middle(scene.alpha)
    inputs = {"source": opaque(scene.picture), "mask": scene.alpha}
    context = ScriptedContext(scripted(scene))
    result = select_object(SelectObject((Seed(x, y, False),)), inputs, context)
    assert (result.alpha > 20).mean() < 0.002
    assert (result.alpha <= scene.alpha).all()


def pair() -> tuple[np.ndarray, np.ndarray]:
    """Two discs that touch, on grey, and the mask of both."""
    picture = np.full((240, 360, 3), 150, np.uint8)
    mask = np.zeros((240, 360), np.uint8)
    for x, colour in ((120, (190, 60, 50)), (236, (180, 70, 40))):
        cv2.circle(picture, (x, 120), 58, colour, -1, cv2.LINE_AA)
        cv2.circle(picture, (x, 120), 58, (90, 20, 15), 3, cv2.LINE_AA)
        cv2.circle(mask, (x, 120), 59, 255, -1)
    return picture, mask


def test_clicks_of_both_kinds_divide_what_touches() -> None:
    picture, mask = pair()
    context = ScriptedContext(ScriptedStore(u2net=drawing(mask, 320)))
    task = SelectObject((Seed(120, 120, True), Seed(236, 120, False)))
    inputs = {"source": opaque(picture), "mask": np.zeros_like(mask)}
    alpha = select_object(task, inputs, context).alpha
    assert (alpha[:, :176] > 127).sum() > 0.9 * (mask[:, :176] > 127).sum()
    assert (alpha[:, 182:] > 127).sum() < 0.05 * (mask[:, 182:] > 127).sum()


@pytest.mark.parametrize("add", [True, False])
def test_a_click_on_what_is_so_already_is_told(add: bool) -> None:
    picture, mask = pair()
    context = ScriptedContext(ScriptedStore(u2net=drawing(mask, 320)))
    inputs = {"source": opaque(picture), "mask": mask if add else np.zeros_like(mask)}
    with pytest.raises(Problem) as caught:
        select_object(SelectObject((Seed(120, 120, add),)), inputs, context)
    assert caught.value.code == "nothing-selected"
    assert ("already" in str(caught.value)) == add


def test_a_click_outside_is_told(scene: Scene) -> None:
    inputs = {"source": opaque(scene.picture), "mask": np.zeros_like(scene.alpha)}
    task = SelectObject((Seed(-5, 10_000, True),))
    with pytest.raises(Problem):
        select_object(task, inputs, ScriptedContext(scripted(scene)))


@pytest.fixture(scope="module")
def real_store() -> Any:
    store = default_store()
    missing = [n for n in ("u2net", "isnet") if store.state(n).status is Status.MISSING]
    if missing:
        pytest.skip(f"weights are not here: {missing}; `prodedit models pull` brings them")
    return store


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize(("model", "least"), [("u2net", 0.98), ("auto", 0.99)])
def test_real_networks_on_a_rendered_mug(
    real_store: Any, scene: Scene, model: str, least: float
) -> None:
    context = ScriptedContext(real_store)
    result = remove_background(RemoveBackground(model), {"source": opaque(scene.picture)}, context)
    assert iou(result.alpha, scene) > least
    assert result.score > 0.9
