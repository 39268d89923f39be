# SPDX-License-Identifier: Apache-2.0
"""Colour tables: what the specification allows, what programs write, and what is none."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodedit.core.adjust import adjusted
from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import Problem
from prodedit.files.cube import LIMIT, parse_cube, read_cube

CORNERS = "\n".join(f"{r} {g} {b}" for b in (0, 1) for g in (0, 1) for r in (0, 1))
SAME = f"LUT_3D_SIZE 2\n{CORNERS}\n"


def colours(lut_bytes: bytes, size: int) -> np.ndarray:
    return np.frombuffer(lut_bytes, "<u2").reshape(size, size, size, 3) / 65535


def shown(text: str, rgb: tuple[int, int, int]) -> tuple[int, ...]:
    """What the table makes of one colour."""
    pixels = np.array([[[*rgb[::-1], 255]]], np.uint8)
    new = adjusted(pixels, parse_cube(text.encode(), "x"), Rect(0, 0, 1, 1), Size(1, 1))
    return tuple(int(value) for value in new[0, 0, 2::-1])


def test_table_with_all_that_may_be_in_it(tmp_path: Path) -> None:
    text = (
        f'# made by hand\r\nTITLE "Warm day"\r\n\r\nLUT_3D_SIZE 2\r\nDOMAIN_MIN 0 0 0\r\n{CORNERS}'
    )
    path = tmp_path / "other.cube"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    lut = read_cube(path)
    assert (lut.name, lut.size, lut.strength) == ("Warm day", 2, 1.0)
    np.testing.assert_array_equal(colours(lut.cube, 2)[1, 0, 1], [1, 0, 1])  # blue 1, red 1


def test_without_a_title_it_is_named_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "Fäded.cube"
    path.write_text(SAME, "utf-8")
    assert read_cube(path).name == "Fäded"


def test_comments_and_blanks_between_colours_count_for_nothing() -> None:
    text = SAME.replace("1 1 1", "# the last\n\n  1 1 1")
    assert parse_cube(text.encode(), "x") == parse_cube(SAME.encode(), "x")


def test_red_changes_fastest() -> None:
    swapped = "\n".join(f"{b} {g} {r}" for b in (0, 1) for g in (0, 1) for r in (0, 1))
    assert shown(f"LUT_3D_SIZE 2\n{swapped}", (10, 100, 200)) == (200, 100, 10)


def test_one_table_for_each_channel() -> None:
    text = "LUT_1D_SIZE 3\n1 0 0\n0.5 0.25 0.5\n0 1 1\n"
    assert shown(text, (0, 0, 255)) == (255, 0, 255)
    assert shown(text, (255, 51, 128)) == (0, round(51 * 0.5), 128)


@pytest.mark.parametrize(
    "head",
    ["DOMAIN_MIN 0 0 0\nDOMAIN_MAX 2 2 2", "LUT_3D_INPUT_RANGE 0 2", "DOMAIN_MAX 2 2 2"],
)
def test_another_domain_is_brought_to_0_to_1(head: str) -> None:
    text = f"{head}\n{SAME}"
    assert shown(text, (255, 128, 0)) == (128, 64, 0)
    assert parse_cube(text.encode(), "x").size == 65


def test_values_beyond_0_to_1_are_cut() -> None:
    assert shown(SAME.replace("1 1 1", "1.5 1 -3e0"), (255, 255, 255)) == (255, 255, 0)


NOT_TABLES = {
    "": "not a colour table",
    "hello": "not a colour table",
    "LUT_3D_SIZE": "not a colour table",
    "LUT_3D_SIZE two\n0 0 0": "not a colour table",
    "0 0 0\n1 1 1\n": "not a colour table",
    "LUT_3D_SIZE 1\n0 0 0\n": "1 steps a side",
    "LUT_3D_SIZE 66\n0 0 0\n": "66 steps a side. 2 to 65",
    "LUT_3D_SIZE 99999999999999999999\n0 0 0\n": "steps a side",
    "LUT_1D_SIZE 70000\n0 0 0\n": "2 to 65536",
    "LUT_3D_SIZE 2\n": "0 colours instead of 8",
    SAME + "0 0 0\n": "9 colours instead of 8",
    SAME.replace("1 1 1", ""): "7 colours instead of 8",
    SAME.replace("1 1 1", "1 nan 1"): "line 9 is not a colour",
    SAME.replace("1 1 1", "1 inf 1"): "line 9 is not a colour",
    SAME.replace("0 1 1", "0 1"): "line 8 is not a colour",
    SAME.replace("0 1 1", "0 1 1 1"): "line 8 is not a colour",
    SAME.replace("0 1 1", "0 1 x"): "line 8 is not a colour",
    "LUT_1D_SIZE 2\n" + SAME: "two colour tables",
    "DOMAIN_MIN 1 1 1\n" + SAME: "range of its colours is empty",
    "DOMAIN_MAX 1 nan 1\n" + SAME: "range of its colours is empty",
    "DOMAIN_MAX 1\n" + SAME: "range of its colours is empty",
}


@pytest.mark.parametrize(("text", "said"), NOT_TABLES.items())
def test_what_is_no_table_is_told(text: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        parse_cube(text.encode(), "x")


def test_pictures_and_random_bytes_are_no_tables(tmp_path: Path) -> None:
    for data in (b"\x89PNG\r\n\x1a\n\0\0", bytes(range(1, 256)) * 50):
        with pytest.raises(Problem, match="not a colour table"):
            parse_cube(data, "x")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    empty, huge = tmp_path / "empty.cube", tmp_path / "huge.cube"
    empty.touch()
    with huge.open("wb") as file:
        file.truncate(LIMIT + 1)
    cases = ((empty, "empty"), (huge, "MB"), (tmp_path, "folder"), (tmp_path / "no", "not there"))
    for path, said in cases:
        with pytest.raises(Problem, match=said):
            read_cube(path)


@given(st.text(st.sampled_from('LUT_3DSIZE 012.-e\n#"nan'), max_size=80), st.integers(0, 120))
@settings(max_examples=200, deadline=None)
def test_damaged_text_is_a_table_or_a_problem(noise: str, place: int) -> None:
    text = SAME[:place] + noise + SAME[place:]
    with contextlib.suppress(Problem):
        lut = parse_cube(text.encode(), "x")
        assert len(lut.cube) == lut.size**3 * 6
