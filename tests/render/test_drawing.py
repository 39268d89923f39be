# SPDX-License-Identifier: Apache-2.0
"""SVG drawings: drawn in a process of their own, and refused where they reach outside."""

import sys
from pathlib import Path

import pytest

from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.render.drawing import draw, drawing_size
from prodedit.render.drawing_process import check

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="40" height="20" viewBox="0 0 40 20">'
)
SQUARE = '<rect width="20" height="20" fill="#FF0000"/>'
HOSTILE = {
    "picture": '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
    "address": '<image href="https://example.org/a.png" width="9" height="9"/>',
    "relative": '<image href="../secret.png" width="9" height="9"/>',
    "svg-in-data": '<image href="data:image/svg+xml;base64,AAAA" width="9" height="9"/>',
    "use": '<use href="other.svg#a"/>',
    "fill": '<rect width="9" height="9" fill="url(http://example.org/a.svg#b)"/>',
    "style": '<rect style="fill: url(&quot;//example.org/x#b&quot;)"/>',
    "sheet": "<style>@import url(http://example.org/a.css);</style>",
    "font": "<style>@font-face{src:url('f.woff')}</style>",
}
ENTITIES = (
    '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + HEAD + "<text>&b;</text></svg>"
)
OUTSIDE_ENTITY = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + HEAD + "&a;</svg>"
HARMLESS = (
    '<a xlink:href="https://example.org"><rect width="5" height="5"/></a>'
    '<linearGradient id="g"><stop offset="1"/></linearGradient><rect fill="url(#g)" width="3"/>'
    '<style>rect { fill: url( "#g" ) }</style>'
    '<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/><use href="#g"/>'
)


def code_of(data: bytes) -> str:
    with pytest.raises(Problem) as told:
        check(data)
    str(told.value)
    return told.value.code


def test_it_is_drawn_in_any_size_with_what_is_transparent(tmp_path: Path) -> None:
    path = tmp_path / "标志.svg"
    path.write_text(HEAD + SQUARE + "</svg>", encoding="utf-8")
    assert drawing_size(path) == Size(40, 20)
    pixels = draw(path, Size(200, 100))
    assert pixels.shape == (100, 200, 4)
    assert (pixels[:, :99] == (0, 0, 255, 255)).all()
    assert not pixels[:, 101:].any()
    with pytest.raises(Problem) as told:
        draw(path, Size(30_000, 20_000))
    assert told.value.code == "too-many-pixels"


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_lies_outside_is_refused(kind: str) -> None:
    assert code_of(f"{HEAD}{HOSTILE[kind]}</svg>".encode()) == "drawing-outside"


def test_what_lies_inside_is_not() -> None:
    check(f"{HEAD}{HARMLESS}</svg>".encode())
    check(
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">'
        + HEAD.encode()
        + b"</svg>"
    )


@pytest.mark.parametrize("text", [ENTITIES, OUTSIDE_ENTITY, "<svg", "", "<svg>" * 300, "\x00"])
def test_tricks_and_rubbish_are_damaged_files(text: str) -> None:
    assert code_of(text.encode()) == "unreadable"


def test_other_xml_is_no_picture() -> None:
    assert code_of(b"<html/>") == "not-a-picture"


def test_a_process_that_dies_or_talks_nonsense_is_told(tmp_path: Path) -> None:
    for program in ("import os; os.abort()", "print('x' * 99)", ""):
        with pytest.raises(Problem) as told:
            drawing_size(tmp_path / "a.svg", (sys.executable, "-c", program))
        assert told.value.code == "reader-stopped"


def test_a_deep_one_that_is_well_formed_is_refused() -> None:
    deep = "<g>" * 300 + "</g>" * 300
    assert code_of(f"{HEAD}{deep}</svg>".encode()) == "unreadable"
