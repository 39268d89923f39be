# SPDX-License-Identifier: Apache-2.0
"""Earlier saves beside a file."""

import os
from pathlib import Path

from prodedit.files.atomic import write_atomic
from prodedit.files.versions import version_name, versions_of


def test_so_many_stay_and_the_oldest_goes(tmp_path: Path) -> None:
    path = tmp_path / "杯子.ora"
    for number in range(6):
        write_atomic(path, b"%d" % number, keep_previous=3)
    assert path.read_bytes() == b"5"
    assert [version_name(path, n).read_bytes() for n in (1, 2, 3)] == [b"4", b"3", b"2"]
    assert not version_name(path, 4).exists()
    assert min(p.name for p in tmp_path.iterdir()) == "杯子.ora"


def test_none_are_kept_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "mug.ora"
    for data in (b"a", b"b"):
        write_atomic(path, data)
    assert versions_of(path) == ()


def test_they_are_listed_by_their_time(tmp_path: Path) -> None:
    path = tmp_path / "mug.ora"
    for number, moment in ((1, 300), (2, 500), (7, 400)):
        version_name(path, number).write_bytes(b"x" * number)
        os.utime(version_name(path, number), (moment, moment))
    found = versions_of(path)
    assert [version.time for version in found] == [500, 400, 300]
    assert [version.nbytes for version in found] == [2, 7, 1]
