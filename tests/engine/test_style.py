# SPDX-License-Identifier: Apache-2.0
"""Style transfer around its networks: sizes, mixtures, colour, scope, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from prodedit.core.geometry import Size
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine.cards import ModelCard, read_cards
from prodedit.engine.families import painting
from prodedit.engine.families.full_size import carried
from prodedit.engine.families.painting import LEAST_SIDE, working_sizes
from prodedit.engine.families.style import opaque, preview_styles, transfer_style, warm_up
from prodedit.engine.styles import STYLES
from prodedit.engine.tasks import PICTURE, PreviewStyles, SecondStyle, TransferStyle

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Answer = Callable[[Floats, Floats | None], Floats]
CARDS = read_cards(Path(__file__).parents[2] / "models")
FIRST, SECOND = STYLES[0].id, STYLES[1].id


def negative(x: Floats, condition: Floats | None) -> Floats:
    """The photo in negative, brighter by a tenth for each row of a style's number."""
    assert condition is not None
    rows = condition @ np.arange(condition.shape[1], dtype=np.float32)
    return np.clip(1 - x + rows[:, None, None, None] / 10, 0, 1)


def numbers_of(x: Floats, condition: Floats | None) -> Floats:
    """The mean colour of the style's picture, then zeros."""
    assert condition is None
    assert x.shape == (1, 3, 256, 256)
    numbers = np.zeros((1, 100, 1, 1), np.float32)
    numbers[0, :3, 0, 0] = x.mean((0, 2, 3))
    return numbers


class Scripted:
    """A context, and its store of networks that are plain functions."""

    device = None

    def __init__(self, cancel: bool = False, **networks: Answer) -> None:
        self.networks: dict[str, Answer] = {
            painting.NETWORK: negative,
            painting.TRANSFORMER: negative,
            painting.PREDICTOR: numbers_of,
            **{name.replace("_", "-"): answer for name, answer in networks.items()},
        }
        self.store = self
        self.shapes: list[tuple[int, ...]] = []
        self.asked: list[str] = []
        self._cancel = cancel

    def card(self, model: str) -> ModelCard:
        return CARDS[model]

    def use(self, card: Any, device: object = None) -> Any:
        card = CARDS[card] if isinstance(card, str) else card
        self.asked.append(card.id)
        return Network(self, card)

    def report(self, fraction: float, text: str) -> None:
        assert 0 <= fraction <= 1

    def cancelled(self) -> bool:
        return self._cancel


class Network:
    def __init__(self, script: Scripted, card: ModelCard) -> None:
        self.card = card
        self._script = script

    def run(
        self, x: Floats, cancelled: Callable[[], bool], condition: Floats | None = None
    ) -> Floats:
        if cancelled():
            raise Cancelled
        assert x.flags.c_contiguous
        assert x.dtype == np.float32
        self._script.shapes.append(x.shape)
        return self._script.networks[self.card.id](x, condition)


def photo(height: int = 60, width: int = 90) -> Pixels:
    """Opaque, smooth, in all colours."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    planes = (x / max(1, width - 1), y / max(1, height - 1), (x + y) / (width + height))
    colours = np.stack(planes, -1) * 200 + 20
    return np.dstack([colours, np.full((height, width), 255)]).astype(np.uint8)


def styled(task: TransferStyle, context: Scripted | None = None, **inputs: Pixels) -> Pixels:
    given = {"source": photo(), **inputs}
    return transfer_style(task, given, context or Scripted()).pixels


def close(one: Pixels, other: Any, most: int = 1) -> bool:
    return int(np.abs(one.astype(int) - np.asarray(other).astype(int)).max()) <= most


def test_a_photo_of_moderate_size_is_painted_as_it_is() -> None:
    context = Scripted()
    pixels = styled(TransferStyle(FIRST), context)
    assert context.shapes == [(1, 3, 60, 92)]
    assert close(pixels[..., :3], 255 - photo()[..., :3])
    assert (pixels[..., 3] == 255).all()


def test_strength_goes_from_the_photo_to_the_painting() -> None:
    assert np.array_equal(styled(TransferStyle(FIRST, strength=0.0)), photo())
    half = styled(TransferStyle(FIRST, strength=0.5))
    assert close(half[..., :3], np.full((60, 90, 3), 127), 1)


def test_two_built_in_styles_are_one_of_their_own() -> None:
    context = Scripted()
    pixels = styled(TransferStyle(FIRST, blend=SecondStyle(SECOND, 0.5)), context)
    assert len(context.shapes) == 1
    assert close(pixels[..., :3], np.minimum(255 - photo()[..., :3] + 0.05 * 255, 255), 1)


def test_a_style_and_a_picture_are_painted_and_mixed() -> None:
    context, white = Scripted(), np.full((5, 7, 4), 255, np.uint8)
    task = TransferStyle(FIRST, blend=SecondStyle(PICTURE, 0.25))
    result = transfer_style(task, {"source": photo(), "blend": white}, context)
    assert result.model == f"{painting.NETWORK}+{painting.TRANSFORMER}"
    assert len(context.shapes) == 3
    alone = styled(TransferStyle(PICTURE), style=white)
    mixed = 0.75 * (255.0 - photo()) + 0.25 * alone
    assert close(result.pixels[..., :3], mixed[..., :3], 2)


def test_a_weight_of_nothing_asks_nobody() -> None:
    context = Scripted()
    styled(TransferStyle(FIRST, blend=SecondStyle(PICTURE, 0.0)), context)
    assert set(context.asked) == {painting.NETWORK}


def test_kept_colour_is_the_photos() -> None:
    pixels = styled(TransferStyle(FIRST, keep_colour=True))
    before, after = (cv2.cvtColor(p[..., :3], cv2.COLOR_BGR2YCrCb) for p in (photo(), pixels))
    negated = cv2.cvtColor(255 - photo()[..., :3], cv2.COLOR_BGR2GRAY)
    inside = ((pixels[..., :3] > 0) & (pixels[..., :3] < 255)).all(-1)  # nothing was cut off
    assert inside.mean() > 0.5
    assert close(after[inside][:, 0], negated[inside], 2)
    assert close(after[inside][:, 1:], before[inside][:, 1:], 3)


def test_transparency_stays_and_what_is_unseen_does_not_bleed() -> None:
    source = photo()
    source[:, :30] = 0
    source[:, 30:60] = source[:, 30:60] // 2
    assert tuple(opaque(source)[0, 0]) == (255, 255, 255)
    assert close(opaque(source)[:, 30:60], photo()[:, 30:60, :3], 2)
    pixels = styled(TransferStyle(FIRST), source=source)
    assert np.array_equal(pixels[..., 3], source[..., 3])
    assert not pixels[:, :30].any()
    assert (pixels[..., :3] <= pixels[..., 3:]).all()


def test_the_whole_picture_is_given_whatever_the_scope() -> None:
    mask = np.zeros((60, 90), np.uint8)
    mask[20:40, 20:60] = 255
    product = transfer_style(
        TransferStyle(FIRST, scope="product"), {"source": photo(), "mask": mask}, Scripted()
    )
    backdrop = transfer_style(
        TransferStyle(FIRST, scope="background"), {"source": photo(), "mask": mask}, Scripted()
    )
    assert np.array_equal(product.pixels, backdrop.pixels)
    assert backdrop.fidelity is not None
    assert product.fidelity is not None
    assert (backdrop.fidelity.delta_e, backdrop.remarks) == (0.0, ())
    assert product.fidelity.delta_e > 10
    assert "The product has changed much" in str(product.remarks[0])


def test_a_style_of_one_pixel_is_a_style() -> None:
    context = Scripted()
    styled(TransferStyle(PICTURE), context, style=np.full((1, 1, 4), 255, np.uint8))
    assert context.shapes[0] == (1, 3, 256, 256)


@pytest.mark.parametrize("size", [(2, 1), (2, 3), (1, 5000), (4000, 3), (31, 33)])
def test_odd_shapes_are_painted(size: tuple[int, int]) -> None:
    source = photo(*size)
    source[0, 0, :3] = 7
    context = Scripted()
    pixels = styled(TransferStyle(FIRST), context, source=source)
    assert pixels.shape == source.shape
    assert min(context.shapes[0][2:]) >= LEAST_SIDE
    assert all(side % 4 == 0 for side in context.shapes[0][2:])
    if max(size) < 100:
        assert close(pixels[..., :3], 255 - source[..., :3])


@pytest.mark.parametrize("size", [Size(4000, 3000), Size(100_000, 1), Size(3, 1_000_000)])
def test_large_pictures_are_painted_at_a_size_that_memory_holds(size: Size) -> None:
    sizes = list(working_sizes(size))
    costs = [max(LEAST_SIDE, w) * max(LEAST_SIDE, h) for w, h in sizes]
    assert costs[0] <= painting.AREA * 1.01
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0] / 8
    if min(size) > 1000:
        assert sizes[0].width / sizes[0].height == pytest.approx(4 / 3, rel=1e-2)


def test_a_large_photo_keeps_its_detail_and_the_painting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Painted at a quarter of its size: the photo's own fine lines are in the result, as faint as
    the painting is, and seen small it is the painting."""
    monkeypatch.setattr(painting, "AREA", 150 * 100)
    source = photo(400, 600)
    source[100:300:8, 100:500, :3] //= 2
    context = Scripted(multistyle26=lambda x, condition: 0.3 + x / 2)
    pixels = styled(TransferStyle(FIRST), context, source=source)[..., :3]
    small = cv2.resize(pixels, (150, 100), interpolation=cv2.INTER_AREA)
    expected = cv2.resize(source[..., :3], (150, 100), interpolation=cv2.INTER_AREA) / 2
    assert np.abs(small - expected - 0.3 * 255).mean() < 4
    lines = pixels[100:300:8, 200:400].astype(int) - pixels[104:300:8, 200:400]
    assert np.abs(lines).mean() > 15


def test_enlarging_makes_no_steps_in_what_is_smooth() -> None:
    small = photo(50, 75)[..., :3].astype(np.float32)
    full = cv2.resize(photo(50, 75), (600, 400), interpolation=cv2.INTER_CUBIC)[..., :3]
    result = carried(small, small, full)
    assert np.abs(np.diff(result[20:-20, 20:-20].astype(int), axis=1)).max() <= 2
    assert np.abs(result.astype(int) - full).mean() < 2


def test_short_memory_means_a_smaller_painting_and_is_told() -> None:
    def hungry(x: Floats, condition: Floats | None) -> Floats:
        if x.shape[2] * x.shape[3] > 10_000:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
        return negative(x, condition)

    context = Scripted(multistyle26=hungry)
    source = photo(300, 400)
    result = transfer_style(TransferStyle(FIRST), {"source": source}, context)
    assert result.pixels.shape == source.shape
    assert "Memory was short" in str(result.remarks[0])
    width = result.remarks[0].values["width"]
    assert width < 120
    assert np.abs(result.pixels[..., :3].astype(int) - (255 - source[..., :3])).mean() < 6


def test_no_memory_at_all_is_the_runners_affair() -> None:
    def starving(x: Floats, condition: Floats | None) -> Floats:
        raise MemoryError

    with pytest.raises(MemoryError):
        styled(TransferStyle(FIRST), Scripted(multistyle26=starving))


def grey(x: Floats, condition: Floats | None) -> Floats:
    return np.full_like(x, 0.5)


@pytest.mark.parametrize(
    ("task", "inputs", "code"),
    [
        (TransferStyle("no such style"), {}, "unknown-style"),
        (TransferStyle(PICTURE), {}, "no-style-picture"),
        (TransferStyle(FIRST), {"source": np.zeros((9, 9, 4), np.uint8)}, "empty-picture"),
        (TransferStyle(FIRST), {"source": np.full((9, 9, 4), 255, np.uint8)}, "one-colour"),
        (TransferStyle(FIRST), {"source": np.full((1, 1, 4), 99, np.uint8)}, "one-colour"),
        (
            TransferStyle(FIRST, scope="product"),
            {"mask": np.zeros((60, 90), np.uint8)},
            "nothing-in-scope",
        ),
        (
            TransferStyle(FIRST, scope="background"),
            {"mask": np.full((60, 90), 255, np.uint8)},
            "nothing-in-scope",
        ),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    task: TransferStyle, inputs: dict[str, Pixels], code: str
) -> None:
    with pytest.raises(Problem) as raised:
        styled(task, **inputs)
    assert raised.value.code == code


def test_a_painting_of_one_colour_is_refused() -> None:
    with pytest.raises(Problem, match="Multi-style"):
        styled(TransferStyle(FIRST), Scripted(multistyle26=grey))


def test_cancelling_is_heard() -> None:
    with pytest.raises(Cancelled):
        styled(TransferStyle(FIRST), Scripted(cancel=True))


def test_previews_come_in_the_order_asked_for_and_in_one_batch() -> None:
    context, white = Scripted(), np.full((5, 7, 4), 255, np.uint8)
    task = PreviewStyles((FIRST, PICTURE, SECOND), side=45)
    result = preview_styles(task, {"source": photo(), "style": white}, context)
    assert result.pictures.shape == (3, 30, 45, 4)
    assert [shape[0] for shape in context.shapes] == [1, 1, 1]  # the photo goes in once for both
    first, _, second = result.pictures[..., :3].astype(int)
    assert close(second, np.minimum(first + 26, 255), 2)


def test_previews_keep_transparency_and_colour() -> None:
    source = photo()
    source[:30] = 0
    result = preview_styles(
        PreviewStyles((FIRST,), side=90, keep_colour=True), {"source": source}, Scripted()
    )
    assert not result.pictures[0, :30].any()
    assert np.array_equal(result.pictures[0, ..., 3], source[..., 3])


def test_warming_up_loads_what_will_be_asked() -> None:
    context = Scripted()
    warm_up(TransferStyle(FIRST, blend=SecondStyle(PICTURE, 0.5)), context)
    assert context.asked == [painting.NETWORK, painting.TRANSFORMER, painting.PREDICTOR]
    context.asked.clear()
    warm_up(PreviewStyles((FIRST,)), context)
    assert context.asked == [painting.NETWORK]
