# SPDX-License-Identifier: Apache-2.0
"""Where in its own plane the places of a mesh lie, found many at a time or one by one."""

import numpy as np
import pytest

from prodedit.core.geometry import IDENTITY, Point, Rect
from prodedit.core.mesh import mesh_own, mesh_places, mesh_shown
from prodedit.core.warp import MeshWarp

OWN = Rect(0, 0, 240, 180)


def mesh(pull: float) -> MeshWarp:
    """3 x 3 fields; an inner point is pulled to the right."""
    places = [(x * 80.0, y * 60.0) for y in range(4) for x in range(4)]
    places[5] = (places[5][0] + pull, places[5][1] + pull / 3)
    return MeshWarp(3, 3, tuple(Point(x, y) for x, y in places))


@pytest.mark.parametrize("pull", [0.0, 25.0, 130.0], ids=["even", "bent", "folded"])
def test_all_places_at_once_are_those_found_one_by_one(pull: float) -> None:
    warp, area = mesh(pull), Rect(16, 8, 200, 160)
    u, v = mesh_places(warp, IDENTITY, OWN, area)
    for x, y in ((3, 5), (100, 80), (180, 20), (60, 150)):
        alone = mesh_own(warp, IDENTITY, OWN, Point(area.x + x + 0.5, area.y + y + 0.5))
        assert abs(u[y, x] - alone.x) < 0.2
        assert abs(v[y, x] - alone.y) < 0.2


def test_places_lie_where_they_are_shown() -> None:
    """And none depends on the rectangle that was asked for."""
    warp = mesh(25.0)
    u, v = mesh_places(warp, IDENTITY, OWN, Rect(0, 0, 240, 176))
    x, y = mesh_shown(warp, IDENTITY, OWN, u.astype(float), v.astype(float))
    assert np.abs(x - (np.arange(240) + 0.5)).max() < 0.6  # linear between each eighth pixel
    assert np.abs(y - (np.arange(176) + 0.5)[:, None]).max() < 0.6
    part = mesh_places(warp, IDENTITY, OWN, Rect(64, 32, 96, 120))
    assert np.abs(part[0] - u[32:152, 64:160]).max() < 0.01
    assert np.abs(part[1] - v[32:152, 64:160]).max() < 0.01
