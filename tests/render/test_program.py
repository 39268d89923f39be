# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from prodedit.core.geometry import Size
from prodedit.core.layer import GroupContent, Layer, Mask, PixelContent
from prodedit.core.tiles import Tiles
from prodedit.render.program import Draw, Pop, Program, Push, compiled, span

SIZE = Size(10, 10)


def pixels(layer_id: str, **fields: object) -> Layer:
    return Layer(layer_id, layer_id, PixelContent(Tiles.empty(SIZE)), **fields)  # type: ignore[arg-type]


def group(layer_id: str, *layers: Layer, isolated: bool = True, **fields: object) -> Layer:
    return Layer(layer_id, layer_id, GroupContent(layers, isolated), **fields)  # type: ignore[arg-type]


def spelled(program: Program) -> str:
    words = {Push: "(", Pop: ")"}
    return " ".join(
        op.source.id if isinstance(op, Draw) and isinstance(op.source, Layer) else words[type(op)]
        for op in program
    )


def test_layers_stand_from_the_lowest_to_the_topmost() -> None:
    assert spelled(compiled([pixels("a"), pixels("b")])) == "a b"


def test_hidden_layers_and_groups_are_left_out() -> None:
    layers = [pixels("a", visible=False), pixels("b", opacity=0.0), group("g"), pixels("c")]
    assert spelled(compiled([*layers, group("h", pixels("d"), visible=False)])) == "c"


def test_isolated_group_has_a_surface() -> None:
    assert spelled(compiled([pixels("a"), group("g", pixels("b"), pixels("c"))])) == "a ( b c )"


def test_pass_through_group_leaves_no_trace_unless_it_fades_or_masks() -> None:
    inner = pixels("b")
    mask = Mask(Tiles.empty(SIZE, 1))
    assert spelled(compiled([pixels("a"), group("g", inner, isolated=False)])) == "a b"
    assert spelled(compiled([group("g", inner, isolated=False, opacity=0.5)])) == "( b )"
    assert spelled(compiled([group("g", inner, isolated=False, mask=mask)])) == "( b )"


def test_unknown_mode_is_drawn_normally() -> None:
    (op,) = compiled([pixels("a", blend="of another program")])
    assert isinstance(op, Draw)
    assert op.mode.id == "normal"


def test_span_of_a_layer() -> None:
    program = compiled([pixels("a"), pixels("b"), pixels("c")])
    assert span(program, "b") == range(1, 2)
    assert span(program, "gone") == range(0)
    assert not span((), "a")


def test_span_inside_of_a_group_is_the_whole_group() -> None:
    inner = group("h", pixels("c"))
    program = compiled([pixels("a"), group("g", pixels("b"), inner), pixels("d")])
    assert spelled(program) == "a ( b ( c ) ) d"
    for layer_id in ("g", "b", "h", "c"):
        assert span(program, layer_id) == range(1, 7)
    assert span(program, "d") == range(7, 8)
