# SPDX-License-Identifier: Apache-2.0
"""The view makes room for the crop tool's bar and for the transform's, and takes it back."""

from dataclasses import replace

import pytest

from prodedit.core import edits
from prodedit.core.document import PHOTO
from prodedit.core.geometry import Point, Rect, Size
from prodedit.editing.session import EditSession
from prodedit.gui.canvas import Canvas
from prodedit.gui.main_window import MainWindow
from prodedit.gui.tools.crop import CropTool
from tests.gui.adjusting import canvas_of
from tests.window import open_noise


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    """As tall as it can be shown: its upper corners lie below the bar."""
    window.resize(1366, 768)
    return open_noise(window, 300, 1200)


@pytest.fixture
def canvas(window: MainWindow, session: EditSession) -> Canvas:
    canvas = canvas_of(window)
    canvas.fit()
    return canvas


def top(window: MainWindow) -> float:
    """Of the picture, below the lower edge of the bar."""
    view, canvas = window.view, canvas_of(window)
    assert view is not None
    bar = view.lent.crop_options
    return canvas.viewport.to_widget(Point(0, 0)).y - (bar.geometry().bottom() - canvas.y())


def choose(window: MainWindow, tool: str) -> None:
    assert window.view is not None
    window.view.choose_tool(tool)


def test_what_fills_the_view_fills_it_again(window: MainWindow, canvas: Canvas) -> None:
    before = canvas.viewport
    choose(window, "crop")
    assert top(window) >= 0
    assert canvas.viewport.zoom < before.zoom
    choose(window, "move")
    assert canvas.viewport == before
    window.resize(1366, 700)
    assert canvas.viewport == canvas.viewport.fit(), "and goes on doing so"


def test_it_fills_a_window_that_has_another_size_by_then(
    window: MainWindow, canvas: Canvas
) -> None:
    choose(window, "crop")
    window.resize(1366, 860)
    choose(window, "move")
    assert canvas.viewport == canvas.viewport.fit()


def test_another_zoom_and_its_middle_come_back(window: MainWindow, canvas: Canvas) -> None:
    fitted = canvas.viewport
    canvas.set_viewport(fitted.zoom_to(fitted.zoom * 1.02))
    before = canvas.viewport
    choose(window, "crop")
    assert canvas.viewport.zoom < before.zoom
    choose(window, "move")
    assert canvas.viewport == before
    assert canvas.fit_limit is None


def test_pushed_meanwhile_it_gets_its_zoom_back_round_the_middle(
    window: MainWindow, canvas: Canvas
) -> None:
    fitted = canvas.viewport
    canvas.set_viewport(fitted.zoom_to(fitted.zoom * 1.02))
    before = canvas.viewport
    choose(window, "crop")
    canvas.pan(40, -30)
    middle = Point(canvas.width() / 2, canvas.height() / 2)
    seen = canvas.viewport.to_document(middle)
    choose(window, "move")
    assert canvas.viewport.zoom == before.zoom
    there = canvas.viewport.to_document(middle)
    assert abs(there.x - seen.x) < 2 / before.zoom
    assert abs(there.y - seen.y) < 2 / before.zoom


def test_a_zoom_that_a_person_chose_meanwhile_stays(window: MainWindow, canvas: Canvas) -> None:
    choose(window, "crop")
    canvas.one_to_one()
    chosen = canvas.viewport
    choose(window, "move")
    assert canvas.viewport == chosen


def test_after_cropping_no_handle_lies_below_the_bar_and_the_rest_fills_the_view(
    window: MainWindow, session: EditSession, canvas: Canvas
) -> None:
    choose(window, "crop")
    tool = canvas.tool
    assert isinstance(tool, CropTool)
    tool.frame_product(Rect(10, 10, 250, 1000), 0)
    tool.apply()
    assert session.document.size == Size(250, 1000)
    assert top(window) >= 0
    choose(window, "move")
    assert canvas.viewport == canvas.viewport.fit()


def test_a_transform_gives_the_room_back_and_crop_after_it_begins_from_there(
    window: MainWindow, session: EditSession, canvas: Canvas
) -> None:
    before = canvas.viewport
    window.actions_["transform"].trigger()
    assert canvas.viewport.zoom < before.zoom
    assert window.view is not None
    window.view.lent.transform.drop()
    assert canvas.viewport == before
    choose(window, "crop")
    window.actions_["transform"].trigger()
    window.view.lent.transform.drop()
    choose(window, "move")
    assert canvas.viewport == before


def test_a_view_that_has_room_is_left_alone(window: MainWindow, canvas: Canvas) -> None:
    small = canvas.viewport.zoom_to(0.1)
    canvas.set_viewport(replace(small, origin=Point(small.origin.x, 200.0)))
    before = canvas.viewport
    choose(window, "crop")
    assert canvas.viewport == before
    choose(window, "move")
    assert canvas.viewport == before


def test_a_locked_layer_is_not_transformed_and_needs_no_room(
    window: MainWindow, session: EditSession, canvas: Canvas
) -> None:
    session.apply(edits.SetLock(PHOTO, "position", True))
    before = canvas.viewport
    window.actions_["transform"].trigger()
    assert canvas.viewport == before
