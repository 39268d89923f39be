# SPDX-License-Identifier: Apache-2.0
"""What an Enhance task makes of a picture, its alpha and its mask."""

import cv2
import msgspec
import numpy as np
import pytest

from prodedit.core.geometry import Size
from prodedit.core.problem import Cancelled, Problem
from prodedit.engine import enhancing, tasks
from prodedit.engine.families.enhance import enhance
from prodedit.engine.service.device import Device
from prodedit.engine.service.runner import check_result
from prodedit.engine.tasks import Enhance
from tests.engine.enhancing_fakes import CPU, FakeContext, FakeStore, photo

ALL = Enhance(
    2.0, denoise=0.5, clean_jpeg=1.0, low_light=0.5, white_balance=1.0, auto_tone=1.0, sharpen=0.5
)


def test_nothing_asked_is_nothing_done() -> None:
    source = photo(50, 40)
    result = enhance(Enhance(), {"source": source}, FakeContext())
    assert (result.pixels == source).all()
    assert (result.model, result.remarks, result.alpha) == ("", (), None)


@pytest.mark.parametrize(
    ("task", "size"),
    [
        (Enhance(4.0), (160, 120)),
        (Enhance(2.0), (80, 60)),
        (Enhance(2.5), (100, 75)),
        (Enhance(6.0), (240, 180)),
        (Enhance(size=Size(100, 500)), (100, 75)),
        (Enhance(4.0, model="classic"), (160, 120)),
        (ALL, (80, 60)),
    ],
)
def test_picture_gets_the_size_that_was_foretold(task: Enhance, size: tuple[int, int]) -> None:
    source = photo(40, 30)
    result = enhance(task, {"source": source}, FakeContext())
    assert result.pixels.shape == (size[1], size[0], 4)
    assert enhancing.target_size(task, Size(40, 30)) == size
    assert (result.pixels[..., 3] == 255).all()
    check_result(result, {"source": source})
    assert tasks.from_json(tasks.to_json(task)) == task


def test_the_network_is_chosen_by_the_device() -> None:
    inputs = {"source": photo(20, 20)}
    gpu = Device("cuda", 0, "a GPU", 2)
    named = [
        enhance(task, inputs, FakeContext(device=device)).model
        for task, device in (
            (Enhance(4.0, label_safe=False), CPU),
            (Enhance(4.0, label_safe=False), gpu),
            (Enhance(4.0, model="large", label_safe=False), CPU),
            (Enhance(4.0, model="compact", label_safe=False), gpu),
            (Enhance(4.0, model="classic"), CPU),
        )
    ]
    assert named == [enhancing.COMPACT, enhancing.LARGE, enhancing.LARGE, enhancing.COMPACT, ""]


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (7, 9), (5000, 1)])
@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_odd_pictures_are_borne(size: tuple[int, int], strength: float) -> None:
    task = Enhance(
        2.0, denoise=strength, clean_jpeg=strength, low_light=strength, sharpen=strength,
        white_balance=strength, auto_tone=strength,
    )  # fmt: skip
    result = enhance(task, {"source": photo(*size)}, FakeContext())
    assert result.pixels.shape == (2 * size[1], 2 * size[0], 4)


def test_long_strip_is_cleaned_and_refused_four_times_as_long() -> None:
    strip = {"source": photo(30_000, 1)}
    assert enhance(Enhance(denoise=0.5), strip, FakeContext()).pixels.shape == (1, 30_000, 4)
    with pytest.raises(Problem, match="120000 x 4 pixels, which are too many"):
        enhance(Enhance(4.0), strip, FakeContext())


def test_smaller_target_is_made_and_told() -> None:
    result = enhance(Enhance(size=Size(20, 20)), {"source": photo(40, 30)}, FakeContext())
    assert result.pixels.shape == (15, 20, 4)
    assert "smaller" in str(result.remarks[0])


def test_hidden_colours_do_not_creep_over_the_edge() -> None:
    """Red on nothing: all that shows of it is red, however it is enlarged."""
    for task in (Enhance(4.0, sharpen=0.3), Enhance(4.0, model="classic", sharpen=0.3)):
        source = np.zeros((32, 32, 4), np.uint8)
        source[8:24, 8:24] = (0, 0, 200, 255)
        source[7, 8:24] = (0, 0, 100, 128)
        made = enhance(task, {"source": source}, FakeContext())
        shown = made.pixels[made.pixels[..., 3] > 40].astype(float)
        red = shown[:, 2] * 255 / shown[:, 3]
        assert red.min() > 180
        assert shown[:, :2].max() < 16
        area = cv2.resize(made.pixels[..., 3], (32, 32), interpolation=cv2.INTER_AREA)
        assert int(np.abs(area.astype(int) - source[..., 3]).max()) <= 24  # at the corners


def test_layer_without_anything_to_see_stays_empty() -> None:
    result = enhance(ALL, {"source": np.zeros((20, 20, 4), np.uint8)}, FakeContext())
    assert not result.pixels.any()


def test_mask_and_its_colours_go_along() -> None:
    mask = np.zeros((30, 40), np.uint8)
    mask[10:20, 10:30] = 255
    own = np.zeros((30, 40, 4), np.uint8)
    own[10, 10:30] = (10, 100, 20, 255)
    inputs = {"source": photo(40, 30), "mask": mask, "foreground": own}
    result = enhance(Enhance(4.0), inputs, FakeContext())
    assert result.alpha is not None
    assert result.foreground is not None
    edge = result.alpha[:, 80].astype(int)
    assert (edge[:38] == 0).all()
    assert (edge[43:77] == 255).all()
    assert int(np.abs(edge[36:44].sum() - 4 * 255)) < 130
    assert result.foreground[42, 80, :3].tolist() == pytest.approx([10, 100, 20], abs=4)


def test_dark_photo_becomes_light_and_its_mask_colours_too() -> None:
    source = photo(64, 48)
    dark = source.copy()
    dark[..., :3] //= 6
    result = enhance(Enhance(low_light=1.0), {"source": dark, "foreground": dark}, FakeContext())
    assert result.pixels[..., :3].mean() > 3 * dark[..., :3].mean()
    assert result.foreground is not None
    assert (result.foreground == result.pixels).all()


def test_fidelity_of_the_network_is_measured() -> None:
    inputs = {"source": photo(64, 48), "mask": np.full((48, 64), 255, np.uint8)}
    result = enhance(Enhance(4.0, low_light=1.0), inputs, FakeContext())
    assert result.fidelity is not None
    assert result.fidelity.ssim > 0.97
    assert result.fidelity.delta_e < 1.0
    assert enhance(Enhance(4.0, model="classic"), inputs, FakeContext()).fidelity is None


def test_photo_that_is_no_jpeg_is_told() -> None:
    result = enhance(Enhance(clean_jpeg=1.0), {"source": photo(80, 80)}, FakeContext())
    assert any("JPEG" in str(remark) for remark in result.remarks)


def test_short_memory_is_told() -> None:
    def small_only(x: np.ndarray) -> np.ndarray:
        if x.shape[3] > 50:
            raise MemoryError
        return x.repeat(4, 2).repeat(4, 3)

    context = FakeContext(FakeStore(compact=small_only))
    result = enhance(Enhance(4.0), {"source": photo(110, 10)}, context)
    assert "pieces of 32 pixels" in str(result.remarks[0])


def test_report_goes_forward_and_may_cancel() -> None:
    context = FakeContext()
    enhance(ALL, {"source": photo(200, 100)}, context)
    fractions = [fraction for fraction, _ in context.reports]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    for stop in range(1, len(fractions), 3):
        with pytest.raises(Cancelled):
            enhance(ALL, {"source": photo(200, 100)}, FakeContext(stop=stop))


@pytest.mark.parametrize("box", [(0, 0, 60, 50), (40, 20, 90, 80)])
def test_a_piece_gets_the_light_of_the_whole(box: tuple[int, int, int, int]) -> None:
    chance = np.random.default_rng(4)
    ramp = np.linspace(8, 70, 120)[None, :, None] * np.linspace(0.5, 1.0, 100)[:, None, None]
    whole = np.full((100, 120, 4), 255, np.uint8)
    whole[..., :3] = np.clip(ramp * (0.8, 1.0, 1.3) + chance.normal(0, 1, (100, 120, 3)), 0, 255)
    task = Enhance(low_light=0.8, white_balance=0.7, auto_tone=0.6)
    wanted = enhance(task, {"source": whole}, FakeContext()).pixels
    left, top, right, bottom = box
    piece = tasks.Piece(left / 120, top / 100, right / 120, bottom / 100)
    part = np.ascontiguousarray(whole[top:bottom, left:right])
    inputs = {"source": part, "reference": whole}
    made = enhance(msgspec.structs.replace(task, piece=piece), inputs, FakeContext()).pixels
    off = np.abs(made.astype(int) - wanted[top:bottom, left:right])
    assert off.max() <= 2, "other rounding of places in the map of light"
