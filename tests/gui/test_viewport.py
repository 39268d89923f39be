# SPDX-License-Identifier: Apache-2.0
"""The viewport's promises, for any picture, window and screen."""

from dataclasses import replace
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodedit.core.geometry import Point, Rect, Size
from prodedit.gui.viewport import ZOOM_MAX, ZOOM_MIN, ZOOM_STEPS, Viewport, sticky

RATIOS = (1.0, 1.25, 1.5, 2.0)

sizes = st.builds(Size, st.integers(1, 12000), st.integers(1, 12000))
views = st.builds(Size, st.integers(160, 4000), st.integers(120, 3000))
shares = st.floats(0, 1)
factors = st.floats(0.2, 5)


@st.composite
def viewports(draw: st.DrawFn) -> Viewport:
    view = Viewport(draw(sizes), draw(views), draw(st.sampled_from(RATIOS)))
    zoom = draw(st.floats(ZOOM_MIN, ZOOM_MAX))
    moved = view.fit().zoom_to(zoom)
    return moved.pan(draw(st.floats(-5000, 5000)), draw(st.floats(-5000, 5000)))


def point_in_sight(viewport: Viewport, x: float, y: float) -> Point:
    """A widget's point that lies over the picture and inside of the view."""
    seen = viewport.picture.intersect(Rect.of(viewport.view))
    device = Point(seen.x + x * (seen.width - 1), seen.y + y * (seen.height - 1))
    return Point(device.x / viewport.ratio, device.y / viewport.ratio)


@given(viewports(), shares, shares, factors)
def test_what_is_under_the_cursor_stays_there(
    viewport: Viewport, x: float, y: float, factor: float
) -> None:
    cursor = point_in_sight(viewport, x, y)
    zoomed = viewport.zoom_at(cursor, factor)
    assert _exactly_under(viewport, cursor) == pytest.approx(
        _exactly_under(zoomed, cursor), abs=1e-6 * max(viewport.document)
    )
    shown = zoomed.to_widget(_exactly_under(viewport, cursor))
    assert abs(shown.x - cursor.x) <= 0.51 / viewport.ratio
    assert abs(shown.y - cursor.y) <= 0.51 / viewport.ratio


@given(viewports(), shares, shares, st.lists(factors, min_size=2, max_size=30))
def test_rounding_to_device_pixels_does_not_add_up_over_many_zooms(
    viewport: Viewport, x: float, y: float, steps: list[float]
) -> None:
    cursor = point_in_sight(viewport, x, y)
    place = _exactly_under(viewport, cursor)
    for factor in steps:
        viewport = viewport.zoom_at(cursor, factor)
    shown = viewport.to_widget(place)
    assert abs(shown.x - cursor.x) <= 0.51 / viewport.ratio
    assert abs(shown.y - cursor.y) <= 0.51 / viewport.ratio


@given(viewports(), st.floats(-9e3, 9e3), st.floats(-9e3, 9e3))
def test_document_and_widget_are_inverse(viewport: Viewport, x: float, y: float) -> None:
    back = viewport.to_widget(viewport.to_document(Point(x, y)))
    assert back == pytest.approx((x, y), abs=1e-6)


@given(viewports(), factors)
def test_zoom_stays_within_its_limits(viewport: Viewport, factor: float) -> None:
    middle = Point(50, 50)
    for _ in range(20):
        viewport = viewport.zoom_at(middle, factor)
        assert ZOOM_MIN <= viewport.zoom <= ZOOM_MAX


@given(viewports(), st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_panning_never_loses_the_picture(viewport: Viewport, dx: float, dy: float) -> None:
    panned = viewport.pan(dx, dy)
    assert not panned.picture.intersect(Rect.of(panned.view)).is_empty


@given(viewports(), views, st.sampled_from(RATIOS))
def test_a_resized_window_still_shows_the_picture(
    viewport: Viewport, view: Size, ratio: float
) -> None:
    resized = viewport.resized(view, ratio)
    assert resized.zoom == viewport.zoom
    assert not resized.picture.intersect(Rect.of(view)).is_empty


@given(viewports())
def test_fit_shows_all_of_the_picture_in_the_middle(viewport: Viewport) -> None:
    fitted = viewport.fit()
    picture, view = fitted.picture, fitted.view
    if fitted.zoom > ZOOM_MIN:
        assert fitted.is_picture_inside
    assert abs(picture.x + picture.right - view.width) <= 3
    assert picture.y + picture.bottom >= view.height - 3  # or lower, for what lies above


@pytest.mark.parametrize("angle", [0.0, 30.0, -90.0])
def test_a_fitted_picture_leaves_room_for_what_a_tool_can_be_told(angle: float) -> None:
    view = Viewport(Size(900, 1200), Size(840, 540), 1.5, angle=angle)
    fitted = view.fit()
    assert fitted.picture.y >= 60 * 1.5 - 1
    assert fitted.picture.bottom <= 540
    small = replace(view, document=Size(90, 60)).fit(1.0).picture
    assert abs(small.y + small.bottom - 540) <= 3  # in the middle, where there is room


@given(viewports(), st.floats(0.05, 4))
def test_fit_goes_no_further_than_asked(viewport: Viewport, largest: float) -> None:
    assert viewport.fit(largest).zoom <= largest


@given(viewports())
def test_one_to_one_shows_each_pixel_as_one_device_pixel(viewport: Viewport) -> None:
    shown = viewport.one_to_one()
    assert shown.picture.size == viewport.document
    assert shown.level(10) == 0


@given(viewports(), st.integers(1, 8))
def test_the_level_has_enough_pixels_but_not_twice_as_many_as_needed(
    viewport: Viewport, levels: int
) -> None:
    level = viewport.level(levels)
    scale = viewport.zoom * 2**level  # device pixels per pixel of that level
    assert 0 <= level < levels
    assert scale <= 1 + 1e-6 or level == 0
    assert scale > 0.5 - 1e-6 or level == levels - 1


@given(viewports())
def test_the_visible_pixels_cover_the_view_over_the_picture(viewport: Viewport) -> None:
    seen = viewport.picture.intersect(Rect.of(viewport.view))
    covered = viewport.to_device_rect(viewport.visible)
    assert covered.intersect(seen) == seen
    assert viewport.visible.intersect(Rect.of(viewport.document)) == viewport.visible


@pytest.mark.parametrize("ratio", RATIOS)
def test_steps_up_and_down_meet_the_usual_zooms(ratio: float) -> None:
    viewport = Viewport(Size(4000, 3000), Size(1000, 800), ratio).fit()
    up = [viewport := viewport.step_in() for _ in range(40)]
    assert {round(v.zoom, 4) for v in up} <= {round(step, 4) for step in ZOOM_STEPS}
    assert up[-1].zoom == ZOOM_MAX
    down = [viewport := viewport.step_out() for _ in range(60)]
    assert 1.0 in [v.zoom for v in down]
    assert down[-1].zoom == ZOOM_MIN


def test_the_wheel_stops_at_100_percent_but_goes_on_from_there() -> None:
    assert sticky(0.9, 1.25) == 1.0
    assert sticky(1.2, 0.8) == 1.0
    assert sticky(1.0, 1.25) == 1.25
    assert isclose(sticky(0.5, 1.25), 0.625)


def test_a_frame_fills_the_view() -> None:
    viewport = Viewport(Size(4000, 3000), Size(1000, 800))
    framed = viewport.fit_rect(Rect(1000, 1000, 200, 100))
    assert framed.visible.intersect(Rect(1000, 1000, 200, 100)) == Rect(1000, 1000, 200, 100)
    assert framed.zoom > 4


def _exactly_under(viewport: Viewport, widget: Point) -> Point:
    """The document's place under a point by the unrounded origin."""
    return Point(
        (widget.x * viewport.ratio - viewport.origin.x) / viewport.zoom,
        (widget.y * viewport.ratio - viewport.origin.y) / viewport.zoom,
    )
