# SPDX-License-Identifier: Apache-2.0
"""Contact sheets: pages, places, Chinese names, bad pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from prodedit.catalogue.contact_sheet import make_contact_sheet
from prodedit.core.contact_sheet import Sheet
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.decoder import Decoder
from prodedit.files.stop import Stop
from prodedit.render.contact_sheet import Pictured, cells, paint_page, picture_side

RED = (0, 0, 200)


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as decoder:
        yield decoder


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"红杯子 {number}.png" for number in range(5)]
    for path in paths:
        path.write_bytes(cv2.imencode(".png", np.full((40, 60, 3), RED, np.uint8))[1].tobytes())
    return paths


def pages_in(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_all_of_them_stand_on_as_many_pages_as_it_takes(
    qapp: object, decoder: Decoder, photos: list[Path], tmp_path: Path
) -> None:
    target, done = tmp_path / "目录.pdf", []
    sheet = Sheet(columns=2, rows=1, title="秋季新品")
    made = make_contact_sheet(photos, target, sheet, decoder, done.append)
    data = target.read_bytes()
    assert data.startswith(b"%PDF")
    assert made.pages == pages_in(data) == 3
    assert made.nbytes == len(data)
    assert done == photos
    assert made.failed == ()
    assert b"/FontFile" in data  # the letters travel with it
    assert len(re.findall(rb"/Subtype\s*/Image", data)) >= 1


def test_a_bad_picture_is_crossed_out_and_named(
    qapp: object, decoder: Decoder, photos: list[Path], tmp_path: Path
) -> None:
    photos[1].write_bytes(b"nothing")
    made = make_contact_sheet(photos, tmp_path / "a.pdf", Sheet(), decoder)
    assert [(path, problem.code) for path, problem in made.failed] == [(photos[1], "not-a-picture")]


def test_what_is_stopped_or_refused_leaves_no_file(
    qapp: object, decoder: Decoder, photos: list[Path], tmp_path: Path
) -> None:
    stop = Stop()
    stop.want()
    with pytest.raises(Cancelled):
        make_contact_sheet(photos, tmp_path / "a.pdf", Sheet(), decoder, stop=stop)
    with pytest.raises(Problem) as told:
        make_contact_sheet(photos, tmp_path / "no" / "a.pdf", Sheet(), decoder)
    assert told.value.code == "folder-gone"
    assert not list(tmp_path.rglob("*.pdf"))


@pytest.mark.parametrize("paper", ["A3", "A4", "A5", "Letter"])
@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (4, 5), (12, 16)])
def test_nothing_overlaps_and_all_lies_on_the_page(
    paper: str, landscape: bool, columns: int, rows: int
) -> None:
    sheet = Sheet(columns=columns, rows=rows, paper=paper, landscape=landscape, title="x")  # type: ignore[arg-type]
    places = cells(sheet)
    width, height = sheet.page
    assert len(places) == columns * rows
    for number, place in enumerate(places):
        assert place.width() > 1
        assert place.left() >= 0
        assert place.top() >= 0
        assert place.right() <= width
        assert place.bottom() <= height
        assert not any(place.intersects(other) for other in places[:number])
    assert picture_side(sheet) >= 16


def test_the_page_shows_picture_name_and_number(qapp: object) -> None:
    sheet = Sheet(columns=1, rows=1, title="秋季新品")
    page = QImage(420, 594, QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFFC80000)
    painter = QPainter(page)
    paint_page(painter, 2.0, sheet, [Pictured("红杯子", picture)], "1 / 1")
    painter.end()
    pixels = np.frombuffer(page.constBits(), np.uint8).reshape(594, 420, 4)[..., :3]
    ink = (pixels < 200).any(axis=2)
    cell = cells(sheet)[0]
    left, right, bottom = (round(2 * v) for v in (cell.left(), cell.right(), cell.bottom()))
    assert tuple(pixels[bottom - 20, (left + right) // 2]) == (0, 0, 200)
    assert ink[24:44].any()  # the title
    assert ink[bottom + 2 : bottom + 12].any()  # the name
    assert ink[-24:-8].any()  # the page's number
