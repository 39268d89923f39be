# SPDX-License-Identifier: Apache-2.0
"""Adjustment layers where they lie: over what is below them, as far as their mask and mode say."""

from dataclasses import replace

import numpy as np
import pytest

from prodedit.core import adjust
from prodedit.core.adjust import values
from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Transform
from prodedit.core.layer import AdjustmentContent, GroupContent, Layer, Mask
from prodedit.core.tiles import Pixels
from prodedit.render.compositor import Compositor
from prodedit.render.program import Adjust, compiled
from tests.render.test_other_programs import CUT, SIZE, WHITE, adjustment, disc, picture

BELOW = picture("below", 5)
WHOLE = Rect.of(SIZE)
WARM = values.WhiteBalance(40.0)
LEVELS = values.Levels(values.Band(20, 1.4, 230))


def merged(*layers: Layer) -> Pixels:
    return Compositor().merged(Document(SIZE, layers))


def through(pixels: Pixels, value: values.Adjustment) -> Pixels:
    return adjust.adjusted(pixels, value, WHOLE, SIZE)


@pytest.mark.parametrize("value", [LEVELS, values.Invert(), values.Vignette(), values.Blur(7.0)])
def test_all_that_lies_below_is_adjusted(value: values.Adjustment) -> None:
    found = merged(BELOW, CUT, adjustment("a", value))
    wanted = through(merged(BELOW, CUT), value)
    assert np.abs(found.astype(int) - wanted).max() <= 1


def test_what_lies_above_is_not() -> None:
    above = replace(picture("above", 7), mask=Mask(disc(100, 100, 60)))
    found, plain = merged(BELOW, adjustment("a", values.Invert()), above), merged(above)
    whole = plain[..., 3] == 255
    assert (found[whole] == plain[whole]).all()


def test_mask_and_opacity_take_a_share() -> None:
    mask = disc(150, 150, 70)
    layer = adjustment("a", values.Invert(), opacity=0.6, mask=Mask(mask))
    below = merged(BELOW).astype(float)
    share = mask.to_array()[..., None] / 255 * 0.6
    wanted = below + (through(merged(BELOW), values.Invert()) - below) * share
    assert np.abs(merged(BELOW, layer) - wanted).max() <= 1


def test_the_mask_of_an_adjustment_may_have_a_place_of_its_own() -> None:
    moved = Mask(disc(100, 100, 50), transform=Transform(dx=60, dy=20))
    found = merged(BELOW, adjustment("a", values.Invert(), mask=moved))
    wanted = merged(BELOW, adjustment("a", values.Invert(), mask=Mask(disc(160, 120, 50))))
    assert np.abs(found.astype(int) - wanted).max() <= 1


def test_in_a_mode_of_its_own_only_that_part_of_it_counts() -> None:
    """An inverting layer in the colour mode leaves how light all is."""
    layer = adjustment("a", values.Invert(), blend="luminosity")
    found, below = merged(BELOW, layer), merged(BELOW)
    assert (found[..., 3] == 255).all()
    assert not np.array_equal(found, below)
    plain = merged(BELOW, replace(layer, blend="normal"))
    assert not np.array_equal(found, plain)


def test_a_clipped_one_leaves_the_rest_and_the_alpha() -> None:
    found = merged(BELOW, CUT, adjustment("a", values.Invert(), clip=True))
    inverted = through(merged(CUT), values.Invert())
    wanted = merged(BELOW).astype(float) * (1 - inverted[..., 3:] / 255.0) + inverted
    assert np.abs(found - wanted).max() <= 2


def test_inside_of_an_isolated_group_it_stays_there() -> None:
    group = Layer("g", "g", GroupContent((CUT, adjustment("a", values.Invert()))))
    outside = disc(180, 150, 90).to_array() == 0
    assert (merged(BELOW, group)[outside] == merged(BELOW)[outside]).all()
    through_it = replace(group, content=replace(group.content, isolated=False))  # type: ignore[type-var]
    assert (
        merged(BELOW, through_it)[outside] == through(merged(BELOW), values.Invert())[outside]
    ).all()


@pytest.mark.parametrize("clip", [True, False])
def test_one_that_looks_round_has_no_seams(clip: bool) -> None:
    layers = (BELOW, CUT, adjustment("a", values.Blur(6.0), clip=clip))
    whole = merged(*layers)
    rect = Rect(131, 77, 140, 130)
    assert (Compositor().render(Document(SIZE, layers), rect) == whole[77:207, 131:271]).all()


def test_two_that_look_round_are_done_one_after_the_other() -> None:
    sharp, soft = values.Sharpen(2.0, 2.0, 0.0), values.Blur(4.0)
    found = merged(BELOW, adjustment("a", sharp), adjustment("b", soft))
    wanted = through(through(merged(BELOW), sharp), soft)
    assert np.abs(found.astype(int) - wanted).max() <= 1


def test_a_row_of_plain_ones_is_rounded_once() -> None:
    row = (adjustment("a", LEVELS), adjustment("b", WARM), adjustment("c", values.Vibrance(30.0)))
    program = compiled((BELOW, *row))
    assert len([op for op in program if isinstance(op, Adjust)]) == 1
    contents = [layer.content for layer in row]
    steps = tuple(c.adjustment for c in contents if isinstance(c, AdjustmentContent))
    wanted = adjust.fused(steps)(merged(BELOW), WHOLE, SIZE)
    assert (merged(BELOW, *row) == wanted).all()


@pytest.mark.parametrize(
    "odd", [{"opacity": 0.5}, {"blend": "color"}, {"mask": Mask(disc(9, 9, 5))}]
)
def test_others_are_done_alone(odd: dict[str, object]) -> None:
    row = (adjustment("a", LEVELS), adjustment("b", WARM, **odd), adjustment("c", LEVELS))
    assert len([op for op in compiled((WHITE, *row)) if isinstance(op, Adjust)]) == 3


NEAR = (values.HueSaturation(values.Shift(50, 20, 0)), values.ColourBalance(values.Balance(60)))


@pytest.mark.parametrize("value", NEAR)
def test_where_it_is_nearly_adjusted_all_else_holds(value: values.Adjustment) -> None:
    """What shows while a control moves: mask, opacity, mode, clip are what they were."""
    masked = adjustment("masked", value, opacity=0.6, mask=Mask(disc(150, 150, 70)))
    multiplied = adjustment("multiplied", value, blend="multiply", opacity=0.5)
    for layers in ((masked,), (multiplied,), (CUT, replace(masked, clip=True))):
        document = Document(SIZE, (BELOW, *layers))
        found = Compositor(change=adjust.nearly).merged(document).astype(int)
        wanted = Compositor().merged(document).astype(int)
        assert 0 < np.abs(found - wanted).mean() < 1
        assert np.quantile(np.abs(found - wanted), 0.97) <= 2
    outside = disc(150, 150, 70).to_array() == 0
    document = Document(SIZE, (BELOW, masked))
    found = Compositor(change=adjust.nearly).merged(document)
    assert (found[outside] == merged(BELOW)[outside]).all()
