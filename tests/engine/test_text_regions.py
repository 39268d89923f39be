# SPDX-License-Identifier: Apache-2.0
"""Lines of text are marked with room round them; what is no line of text is not."""

import os

import cv2
import numpy as np
import pytest

from prodedit.core.problem import Problem
from prodedit.engine import enhancing
from prodedit.engine.families.text_regions import find_text, text_share
from prodedit.engine.service.store import Status, default_store
from prodedit.engine.tasks import FindText
from tests.engine.enhancing_fakes import CPU, FakeContext, FakeStore

PAGE = np.full((200, 300, 3), 250, np.uint8)


def shared(picture: np.ndarray, likely: np.ndarray) -> np.ndarray:
    """What is made of a network's answer; it is padded as the picture was."""

    def answer(x: np.ndarray) -> np.ndarray:
        made = np.zeros((1, 1, *x.shape[2:]), np.float32)
        made[0, 0, : likely.shape[0], : likely.shape[1]] = likely
        return made

    network = FakeStore(text=answer).use(enhancing.TEXT, CPU)
    share = text_share(picture, network, lambda: False)
    assert all(side % 32 == 0 for shape in network.seen for side in shape[2:])
    return share


def test_a_line_gets_room_by_its_height() -> None:
    likely = np.zeros((200, 300), np.float32)
    likely[100:110, 50:250] = 0.9
    share = shared(PAGE, likely)
    assert share.shape == (200, 300)
    assert (share[100:110, 50:250] > 0.95).all()
    assert share[96, 150] > 0.5
    assert share[80, 150] < 0.01
    assert share[105, 20] < 0.01


@pytest.mark.parametrize(
    ("height", "sureness"), [(10, 0.2), (10, 0.45), (100, 0.95)], ids=["unlikely", "unsure", "tall"]
)
def test_cloth_is_no_text(height: int, sureness: float) -> None:
    likely = np.zeros((200, 300), np.float32)
    likely[50 : 50 + height, 50:250] = sureness
    assert not shared(PAGE, likely).any()


@pytest.mark.parametrize("size", [(1, 1), (5, 700), (33, 31)])
def test_odd_sizes_are_borne(size: tuple[int, int]) -> None:
    assert shared(np.zeros((*size, 3), np.uint8), np.zeros(size, np.float32)).shape == size


def test_answer_of_another_shape_is_refused() -> None:
    network = FakeStore(text=lambda x: x).use(enhancing.TEXT, CPU)
    with pytest.raises(Problem):
        text_share(PAGE, network, lambda: False)


def test_the_task_sees_what_is_transparent_on_white() -> None:
    seen: list[float] = []

    def answer(x: np.ndarray) -> np.ndarray:
        seen.append(float(x.min() == x.max()))
        made = np.zeros((1, 1, *x.shape[2:]), np.float32)
        made[0, 0, 40:50, 10:90] = 0.9
        return made

    source = np.zeros((64, 96, 4), np.uint8)
    found = find_text(FindText(), {"source": source}, FakeContext(FakeStore(text=answer)))
    assert seen == [1.0], "nothing but white"
    assert (found.share.shape, found.share.dtype) == ((64, 96), np.uint8)
    assert found.share[45, 50] > 240
    assert not found.share[:20].any()


def test_published_network_finds_a_word() -> None:
    store = default_store()
    if store.state(enhancing.TEXT).status is Status.MISSING:
        assert not os.environ.get("CI")
        pytest.skip("the text finder was not pulled; get it with `prodedit models pull`")
    page = np.ascontiguousarray(PAGE)
    cv2.putText(page, "OLIVE OIL", (40, 110), cv2.FONT_HERSHEY_DUPLEX, 1.2, (20, 40, 90), 2)
    share = text_share(page, store.use(enhancing.TEXT, CPU), lambda: False)
    letters = page.min(axis=2) < 128
    assert float((share[letters] > 0.5).mean()) > 0.95
    assert float((share > 0.5).mean()) < 0.3
