# SPDX-License-Identifier: Apache-2.0
"""A folder is watched: photos are given once they are written whole, and again when they change."""

import os
from pathlib import Path, PurePath

import pytest

from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.naming import parsed
from prodedit.catalogue.batch.table import complete, read_table
from prodedit.catalogue.batch.table_rows import TableRows
from prodedit.catalogue.batch.watching import SETTLED, Stillness, Watching, settled, stand_of
from prodedit.core.problem import Problem
from tests.batches import picture


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def names(
    watching: Watching, clock: Clock, seconds: float = SETTLED
) -> tuple[list[str], list[str]]:
    """What is new and what has changed, after so long."""
    clock.now += seconds
    seen = watching.look()
    return [found.place.as_posix() for found in seen.new], [f.path.name for f in seen.changed]


def test_a_photo_is_given_when_it_has_not_grown_for_a_while(tmp_path: Path, clock: Clock) -> None:
    watching = Watching([str(tmp_path)], tmp_path / "out", {}, clock)
    assert names(watching, clock) == ([], []), "an empty folder"
    path = picture(tmp_path / "red" / "a.png")
    whole = path.read_bytes()
    for end in (100, 200, len(whole)):
        path.write_bytes(whole[:end])
        assert names(watching, clock, SETTLED / 2) == ([], [])
    assert names(watching, clock, SETTLED / 2) == ([], [])
    assert names(watching, clock, SETTLED / 2) == (["red/a.png"], [])
    assert names(watching, clock) == ([], []), "once"


def test_what_is_on_its_way_is_told(tmp_path: Path, clock: Clock) -> None:
    path = picture(tmp_path / "red" / "a.png")
    watching = Watching([str(tmp_path)], tmp_path / "out", {}, clock)
    assert [found.path for found in watching.look().coming] == [path]
    clock.now += SETTLED
    assert watching.look().coming == ()


def test_a_group_is_still_when_nothing_has_come_for_so_long(clock: Clock) -> None:
    stillness = Stillness(30, clock)
    stillness.stir(["red", "blue"])
    clock.now = 29
    stillness.stir(["blue"])
    assert stillness.still() == ()
    clock.now = 30
    assert stillness.still() == ("red",)
    assert stillness.still() == (), "once"
    clock.now = 59
    stillness.stir(["red"])
    assert stillness.still() == ("blue",)
    clock.now = 89
    assert stillness.still() == ("red",), "something had come again"


def test_another_photo_in_its_place_is_a_change(tmp_path: Path, clock: Clock) -> None:
    path = picture(tmp_path / "a.png")
    known = {path: stand_of(path) or (0, 0)}
    watching = Watching([str(tmp_path)], tmp_path / "out", known, clock)
    assert names(watching, clock) == ([], [])
    os.utime(picture(path, (1, 2, 3)), ns=(1, 1))
    assert names(watching, clock) == ([], [])
    assert names(watching, clock) == ([], ["a.png"])


def test_what_is_not_finished_or_none_of_ours_is_left_alone(tmp_path: Path, clock: Clock) -> None:
    whole = picture(tmp_path / "a.png").read_bytes()
    (tmp_path / "b.jpg.crdownload").write_bytes(whole)
    (tmp_path / "c.jpg").touch()
    picture(tmp_path / "out" / "made.png")
    watching = Watching([str(tmp_path)], tmp_path / "out", {}, clock)
    watching.look()
    assert names(watching, clock) == (["a.png"], [])
    assert names(watching, clock, 60) == (["c.jpg"], []), "empty for good: it will be told"


def test_what_could_not_be_taken_is_given_again(tmp_path: Path, clock: Clock) -> None:
    picture(tmp_path / "a.png")
    watching = Watching([str(tmp_path)], tmp_path / "out", {}, clock)
    watching.look()
    clock.now += SETTLED
    (found,) = watching.look().new
    watching.forget(found)
    assert names(watching, clock, 0) == (["a.png"], [])


def test_only_what_lies_there_for_a_while_is_there_at_the_start(tmp_path: Path) -> None:
    os.utime(picture(tmp_path / "old.png"), ns=(1, 1))
    picture(tmp_path / "new.png")
    os.utime(tmp_path / "new.png", ns=(1 << 62, 1 << 62))
    found = settled([str(tmp_path)], tmp_path / "out")
    assert [each.place.name for each in found.pictures] == ["old.png"]
    assert settled([str(tmp_path / "nowhere")], tmp_path).pictures == ()


def test_a_picture_waits_for_its_line_of_the_table(tmp_path: Path) -> None:
    table = tmp_path / "goods.csv"
    table.write_text("file,sku\na.png,1\nb.png,\n")
    rows = TableRows(table, parsed("{sku}", ["sku"]))
    first, second = (Found(Path(name), PurePath(name)) for name in ("a.png", "b.png"))
    assert rows.row(first)["sku"] == "1"
    with pytest.raises(Problem, match=r"has no sku for 1 of 1 pictures: b\.png"):
        rows.row(second)
    table.write_text("file,sku\na.png,1\nb.png,22\n")
    assert rows.row(second)["sku"] == "22"
    assert complete(read_table(table), [second], ["sku"]) == (second,)
    table.unlink()
    with pytest.raises(Problem, match="could not be read"):
        rows.row(second)
