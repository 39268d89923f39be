# SPDX-License-Identifier: Apache-2.0
"""What a file is, whatever it is called."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from prodedit.core.geometry import Rect, Size
from prodedit.core.problem import Cancelled, Problem
from prodedit.files.decoder import Decoder
from prodedit.files.openraster import save
from prodedit.files.pictures import is_project, open_picture, preview_of
from prodedit.files.stop import Stop
from tests.projects import Baker, differences, document, photo


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as decoder:
        yield decoder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    doc = document()
    save(doc, tmp_path / "mug.ora", Baker(doc))
    return tmp_path / "mug.ora"


def test_a_project_by_another_name_is_one(project: Path, decoder: Decoder) -> None:
    other = project.with_name("mug.jpg")
    shutil.copy(project, other)
    opened = open_picture(other, decoder)
    assert opened.project == other
    assert differences(opened.document, document()) == []
    preview = preview_of(other, decoder)
    assert preview is not None
    assert preview.size == document().size


def test_a_photo_that_is_called_a_project_is_a_photo(tmp_path: Path, decoder: Decoder) -> None:
    path = tmp_path / "photo.ora"
    path.write_bytes(cv2.imencode(".png", photo(30, 20))[1].tobytes())
    opened = open_picture(path, decoder)
    assert opened.project is None
    assert opened.document.size == Size(30, 20)
    assert preview_of(path, decoder) is None


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.ora", b"", True),
        ("a.ora", b"nothing that is known", True),
        ("a.jpg", b"nothing that is known", False),
        ("a.jpg", b"PK\x03\x04", True),
        ("A.ORA", b"\xff\xd8\xff", False),
    ],
)
def test_the_content_tells(tmp_path: Path, name: str, content: bytes, found: bool) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert is_project(path) is found


def test_what_cannot_be_read_is_told_as_what_it_is_called(tmp_path: Path, decoder: Decoder) -> None:
    assert is_project(tmp_path / "gone.ora")
    assert not is_project(tmp_path / "gone.jpg")
    assert preview_of(tmp_path / "gone.ora", decoder) is None
    with pytest.raises(Problem) as raised:
        open_picture(tmp_path / "gone.ora", decoder)
    assert "gone.ora" in str(raised.value)


def test_reading_the_layers_can_be_stopped(project: Path, decoder: Decoder) -> None:
    stop = Stop()
    stop.want()
    with pytest.raises(Cancelled):
        open_picture(project, decoder, stop=stop)


def test_the_preview_is_the_picture_made_smaller(tmp_path: Path, decoder: Decoder) -> None:
    doc = document(2600, 300)
    save(doc, tmp_path / "wide.ora", Baker(doc))
    preview = preview_of(tmp_path / "wide.ora", decoder)
    assert preview is not None
    assert (preview.size, preview.pixels.shape) == (Size(2600, 300), (150, 1300, 4))
    whole = Baker(doc).merged(Rect(0, 0, 2600, 300))
    small = cv2.resize(whole, (1300, 150), interpolation=cv2.INTER_AREA)
    assert np.abs(preview.pixels.astype(int) - small).max() <= 1
