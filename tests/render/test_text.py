# SPDX-License-Identifier: Apache-2.0
"""Text as pixels; with whatever fonts there are, so shapes are compared and not glyphs."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import msgspec
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from prodedit.core.document import Document
from prodedit.core.geometry import Point, Rect, Size, Transform
from prodedit.core.layer import Colour, Layer, TextContent
from prodedit.core.text import Text
from prodedit.core.tiles import Pixels
from prodedit.render.compositor import Compositor
from prodedit.render.drawn import draw
from prodedit.render.fonts import families, is_installed, missing_fonts, styles
from prodedit.render.text import content_of, inked, measure
from prodedit.render.typeset import Typeset

pytestmark = pytest.mark.usefixtures("qapp")

LOREM = "A mug of stoneware, glazed by hand, 手工上釉的陶杯 for coffee or for tea"
PLAIN = Text("Mug", size=40)


def changed(base: Text, **fields: object) -> Text:
    return msgspec.structs.replace(base, **fields)


def whole(text: Text, transform: Transform | None = None) -> Pixels:
    return draw(content_of(text), transform or Transform(dx=50, dy=50), Rect(0, 0, 700, 400))


def inside(pixels: Pixels) -> Rect:
    rows, columns = np.nonzero(pixels[..., 3])
    return Rect.between(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


def test_the_extent_is_what_is_drawn() -> None:
    for text in (PLAIN, Text("gjpqÅ杯", size=90), changed(PLAIN, align="right", underline=True)):
        drawn = inside(whole(text, Transform(dx=300, dy=50)))
        extent = measure(text).translate(300, 50)
        assert drawn.intersect(extent) == drawn
        assert all(abs(a - b) <= 2 for a, b in zip(drawn, extent, strict=True))


def test_colour_and_alpha_are_premultiplied() -> None:
    pixels = whole(changed(PLAIN, size=200.0, colour=Colour(200, 100, 0, 128)))
    assert pixels[..., 3].max() == 128
    full = pixels[pixels[..., 3] == 128]
    assert (np.abs(full.astype(int) - [0, 50, 100, 128]) <= 1).all()


def test_it_is_drawn_anew_at_any_size() -> None:
    """Four times as large by the transform is what four times the size is."""
    large = whole(changed(PLAIN, size=160.0), Transform(dx=10, dy=10))
    scaled = whole(changed(PLAIN, size=40.0), Transform(4, 0, 0, 4, 10, 10))
    difference = np.abs(large.astype(int) - scaled)
    assert difference.max() <= 48  # of a pixel on an edge, by the font
    assert difference.mean() < 0.2
    hard = np.mean((large[..., 3] > 0) & (large[..., 3] < 255)) / np.mean(large[..., 3] > 0)
    assert hard < 0.2  # an enlarged bitmap would be soft all over


def test_the_same_pixels_again_and_in_any_block() -> None:
    layer = Layer("t", "t", content_of(changed(PLAIN, text=LOREM)), transform=Transform(dx=9))
    turned = replace(layer, id="r", transform=Transform(0.9, 0.3, -0.3, 0.9, 120.3, 77.7))
    document = Document(Size(900, 600), (layer, turned))
    picture = Compositor().merged(document)
    np.testing.assert_array_equal(picture, Compositor().merged(document))
    part = Rect(131, 90, 300, 260)
    np.testing.assert_array_equal(
        Compositor().render(document, part),
        picture[part.y : part.bottom, part.x : part.right],
    )
    assert picture[300:, :, 3].any()


def test_lines_stand_under_each_other() -> None:
    lines = inked(changed(PLAIN, text="HH\nHH\n\nHH"))
    tops = [line.bounds.top() for line in lines]
    assert len(tops) == 3
    assert tops[2] - tops[1] == pytest.approx(2 * (tops[1] - tops[0]))
    apart = inked(changed(PLAIN, text="HH\nHH", line_height=2.0))
    assert apart[1].bounds.top() - tops[0] == pytest.approx(2 * (tops[1] - tops[0]))


def test_a_width_breaks_lines_between_words_and_within_long_ones() -> None:
    lines = inked(changed(PLAIN, text=LOREM, width=300.0))
    assert len(lines) > 3
    assert all(line.bounds.right() <= 301 for line in lines)
    assert len(inked(changed(PLAIN, text="W" * 40, width=300.0))) > 3
    assert len(inked(changed(PLAIN, text=LOREM))) == 1


def test_the_same_breaks_at_every_size() -> None:
    counts = {
        len(Typeset(changed(PLAIN, text=LOREM, size=size, width=size * 7)).lines)
        for size in (3.5, 20.0, 40.0, 333.0)
    }
    assert len(counts) == 1


@pytest.mark.parametrize(
    ("align", "left", "right"),
    [("left", 0, None), ("right", None, 300), ("centre", None, None), ("justify", 0, 300)],
)
def test_alignment_within_a_width(
    align: Literal["left", "centre", "right", "justify"], left: int | None, right: int | None
) -> None:
    *most, last = inked(changed(PLAIN, text=LOREM, width=300.0, align=align))
    for line in most:
        assert left is None or line.bounds.left() == pytest.approx(left, abs=5)
        assert right is None or line.bounds.right() == pytest.approx(right, abs=5)
        if align == "centre":
            assert line.bounds.center().x() == pytest.approx(150, abs=8)
    if align == "justify":
        assert last.bounds.right() < 280  # the last line is not drawn out


def test_alignment_of_a_point() -> None:
    for align, ends in (("left", (0, 1)), ("centre", (-0.5, 0.5)), ("right", (-1, 0))):
        extent = measure(changed(PLAIN, align=align))
        wide = extent.width
        assert extent.x == pytest.approx(ends[0] * wide, abs=6)
        assert extent.right == pytest.approx(ends[1] * wide, abs=6)


def test_letter_spacing_and_underline() -> None:
    plain, spaced = measure(PLAIN), measure(changed(PLAIN, letter_spacing=500.0))
    assert spaced.width == pytest.approx(plain.width + 2 * 0.5 * 40, abs=2)
    low = changed(PLAIN, text="MM")
    assert measure(changed(low, underline=True)).bottom > measure(low).bottom + 2


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "   ", "👍", "a👍🏽👨‍👩‍👧b", "العربية and ไทย, עברית",
        "e\u0301\u0323", "\u200b\u202e",
        "\t", "杯子\u2028两行", "\U0010ffff",
    ],
)  # fmt: skip
def test_whatever_is_written_is_harmless(text: str) -> None:
    typed = changed(PLAIN, text=text)
    assert measure(typed).size.area < 1_000_000
    whole(typed)
    typeset = Typeset(typed)
    for position in range(len(text) + 2):
        upper, lower = typeset.caret(position)
        assert lower.y > upper.y


def test_scripts_that_the_font_lacks_come_from_others() -> None:
    if not any("CJK" in name or "WenQuanYi" in name for name in families()):
        pytest.skip("no Chinese font on this computer")
    narrow, wide = measure(changed(PLAIN, text="杯")), measure(changed(PLAIN, text="杯子杯子"))
    assert wide.width == pytest.approx(narrow.width + 3 * 40, abs=3)
    one, other = (whole(changed(PLAIN, text=text)) for text in ("杯", "子"))
    assert (one != other).any()  # no boxes for what is missing


def test_caret_and_click_are_each_other_s_inverse() -> None:
    typeset = Typeset(changed(PLAIN, text="Mug 杯子\nfor tea", width=0.0))
    for position in range(len("Mug 杯子\nfor tea") + 1):
        upper, lower = typeset.caret(position)
        assert typeset.position_at(Point(upper.x, (upper.y + lower.y) / 2)) == position


def test_positions_count_as_qt_does() -> None:
    typeset = Typeset(changed(PLAIN, text="👍a\nb"))
    assert typeset.caret(2)[0].x > typeset.caret(0)[0].x
    assert typeset.caret(4)[0].y > typeset.caret(3)[0].y
    assert typeset.position_at(Point(1e6, 1e6)) == 5
    assert typeset.position_at(Point(-50, -50)) == 0


def test_selected_text_is_a_rectangle_for_each_line() -> None:
    typeset = Typeset(changed(PLAIN, text="one\ntwo\nthree"))
    rects = typeset.selected(1, 9)
    assert len(rects) == 3
    for above, below in pairwise(rects):
        assert below.top() >= above.bottom() - 1
    assert rects[1].left() == 0
    assert typeset.selected(2, 2) == []


def test_the_chosen_family_and_style_are_used() -> None:
    name = next(name for name in families() if len(styles(name)) > 1)
    drawn = {
        whole(changed(PLAIN, family=name, style=style)).tobytes() for style in styles(name)[:4]
    }
    assert len(drawn) > 1


def test_missing_fonts_are_named() -> None:
    known = families()[0]
    texts = [known, "", "No Such Family", "Nor This", "No Such Family"]
    layers = tuple(
        Layer(str(n), "t", TextContent(Text("a", family=name), Rect(0, 0, 9, 9)))
        for n, name in enumerate(texts)
    )
    assert missing_fonts(Document(Size(9, 9), layers)) == ("No Such Family", "Nor This")
    assert is_installed(known)


def test_beyond_the_measured_extent_nothing_is_drawn() -> None:
    """Fonts of another computer may be wider; nothing there would ever be cleaned up."""
    content = TextContent(PLAIN, Rect(0, 0, 20, 20))
    pixels = draw(content, Transform(), Rect(0, 0, 300, 100))
    assert inside(pixels) == inside(pixels).intersect(Rect(0, 0, 20, 20))


def test_a_layer_squeezed_to_a_line_shows_nothing() -> None:
    layer = Layer("t", "t", content_of(PLAIN), transform=Transform(1, 1, 1, 1, 0, 0))
    assert not Compositor().merged(Document(Size(300, 300), (layer,))).any()


def test_threads_draw_the_same() -> None:
    """Saving and exporting draw text while the window does."""
    texts = [changed(PLAIN, text=f"{LOREM} {n}", size=20.0 + n) for n in range(40)]
    expected = [whole(text) for text in texts]
    inked.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(whole, texts * 3))
    assert all(np.array_equal(one, expected[n % 40]) for n, one in enumerate(drawn))


def test_without_an_application_it_says_so(qtbot: QtBot) -> None:
    del qtbot
    program = (
        "from prodedit.core.text import Text\nfrom prodedit.core.problem import Problem\n"
        "from prodedit.render.text import measure\nfrom prodedit.render import fonts\n"
        "try:\n    measure(Text('a'))\nexcept Problem as problem:\n    print(problem.code)\n"
        "kept = fonts.without_screen()\nprint(measure(Text('a')).is_empty)\n"
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["no-fonts", "False"]
