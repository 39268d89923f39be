# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from prodedit.catalogue.batch.sharing import Shelf
from prodedit.files.shared_arrays import SharedArray


def filled(value: int, side: int = 8) -> dict[str, np.ndarray]:
    return {"source": np.full((side, side, 4), value, np.uint8)}


def test_memory_is_used_again_for_pictures_of_the_same_size() -> None:
    shelf = Shelf()
    names = []
    for value in (1, 2):
        with shelf.filled(filled(value)) as shared:
            assert (shared["source"].array == value).all()
            names.append(shared["source"].name)
    assert names[0] == names[1]
    shelf.close()


def test_two_pictures_at_once_never_share_memory() -> None:
    shelf = Shelf()
    with shelf.filled(filled(1)) as one, shelf.filled(filled(2)) as two:
        assert one["source"].name != two["source"].name
        assert (one["source"].array == 1).all()
    shelf.close()


def test_memory_of_another_size_is_given_back() -> None:
    shelf = Shelf()
    with shelf.filled(filled(1)) as shared:
        name = shared["source"].name
    with shelf.filled(filled(2, side=9)), pytest.raises(FileNotFoundError):
        SharedArray.attach(name, (8, 8, 4))
    shelf.close()


def test_after_the_end_nothing_is_kept() -> None:
    shelf = Shelf()
    with shelf.filled(filled(1)) as shared:
        name = shared["source"].name
        shelf.close()
    with pytest.raises(FileNotFoundError):
        SharedArray.attach(name, (8, 8, 4))
