# SPDX-License-Identifier: Apache-2.0
"""A folder's pictures: which there are, what is remembered, what is shown, how they look small."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from prodedit.catalogue.folder.arranging import Known, Wish, arranged
from prodedit.catalogue.folder.following import Following
from prodedit.catalogue.folder.listing import Listing, Picture, listed, looked_at
from prodedit.catalogue.folder.making import ThumbnailMaker
from prodedit.catalogue.folder.marks import NO_MARK, Failing, Mark, Marks
from prodedit.catalogue.folder.thumbnails import SIDE, Thumbnail, ThumbnailCache
from prodedit.core.problem import Problem
from prodedit.files.decoder import Decoder

SECONDS = 60.0


def draw(path: Path, colour: int = 90, size: tuple[int, int] = (48, 32)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.full((size[1], size[0], 3), colour, np.uint8)
    done, data = cv2.imencode(path.suffix, pixels)
    assert done
    path.write_bytes(data.tobytes())
    return path


def picture(path: Path) -> Picture:
    found = looked_at(path)
    assert found is not None
    return found


def names(pictures: tuple[Picture, ...]) -> list[str]:
    return [one.path.name for one in pictures]


# Listing


def test_pictures_are_listed_as_a_person_counts(tmp_path: Path) -> None:
    for name in ("mug10.jpg", "Mug2.jpg", "mug.PNG", "b/a.webp", ".hidden.jpg", ".git/x.jpg"):
        draw(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no picture")
    found = listed([tmp_path])
    assert names(found.pictures) == ["mug.PNG", "Mug2.jpg", "mug10.jpg", "a.webp"]
    assert found.is_whole
    assert not found.unread


def test_a_loop_by_link_ends(tmp_path: Path) -> None:
    draw(tmp_path / "a" / "one.jpg")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert names(listed([tmp_path]).pictures) == ["one.jpg"]


def test_no_more_than_asked_for(tmp_path: Path) -> None:
    for number in range(4):
        draw(tmp_path / f"{number}.jpg")
    found = listed([tmp_path], most=3)
    assert len(found.pictures) == 3
    assert not found.is_whole
    assert listed([tmp_path, tmp_path], most=4).is_whole, "each counts once"


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="could not be read") as told:
        listed([tmp_path / "gone"])
    assert told.value.code == "folder-not-read"


# What is remembered


@pytest.fixture
def marks(tmp_path: Path) -> Marks:
    return Marks(tmp_path / "own" / "pictures.sqlite")


def test_marks_are_kept_and_only_there(tmp_path: Path, marks: Marks) -> None:
    one, other = (picture(draw(tmp_path / "p" / name)) for name in ("a.jpg", "b.jpg"))
    before = sorted((tmp_path / "p").iterdir())
    marks.change([one, other], lambda mark: Mark(stars=mark.stars + 3))
    marks.change([one], lambda mark: Mark(stars=mark.stars + 1, exported="/x.jpg"))
    assert Marks(marks.path).read([one, other]) == {
        one.path: Mark(stars=4, exported="/x.jpg"),
        other.path: Mark(stars=3),
    }
    assert sorted((tmp_path / "p").iterdir()) == before
    marks.change([other], lambda mark: NO_MARK)
    assert list(marks.read([one, other])) == [one.path]


def test_a_renamed_picture_keeps_its_marks(tmp_path: Path, marks: Marks) -> None:
    old = picture(draw(tmp_path / "a.jpg"))
    marks.change([old], lambda mark: Mark(stars=5))
    new = picture(old.path.rename(tmp_path / "b.jpg"))
    assert marks.read([new]) == {new.path: Mark(stars=5)}
    assert marks.read([old]) == {}


def test_a_copy_has_no_marks_of_its_own(tmp_path: Path, marks: Marks) -> None:
    old = picture(draw(tmp_path / "a.jpg"))
    marks.change([old], lambda mark: Mark(stars=5))
    copy = old._replace(path=tmp_path / "b.jpg")
    assert marks.read([copy]) == {}


def test_what_was_checked_of_another_content_says_nothing(tmp_path: Path, marks: Marks) -> None:
    before = picture(draw(tmp_path / "a.jpg"))
    failing = Failing("amazon-main", ("Width",))
    marks.change([before], lambda mark: mark.with_checked(failing, before.content))
    assert marks.read([before])[before.path].fails == (failing,)
    now = before._replace(changed=before.changed + 1)
    assert marks.read([now])[now.path].fails == ()


def test_a_preset_that_passes_now_fails_no_more() -> None:
    mark = NO_MARK.with_checked(Failing("ebay", ("Width",)), "1")
    mark = mark.with_checked(Failing("etsy", ("Format",)), "1")
    mark = mark.with_checked(Failing("ebay"), "1")
    assert [one.preset for one in mark.fails] == ["etsy"]


def test_a_damaged_file_of_marks_is_put_aside(tmp_path: Path, marks: Marks) -> None:
    one = picture(draw(tmp_path / "a.jpg"))
    marks.path.parent.mkdir()
    marks.path.write_bytes(b"no data base at all" * 100)
    marks.change([one], lambda mark: Mark(stars=1))
    assert marks.read([one]) == {one.path: Mark(stars=1)}
    assert marks.path.with_suffix(".damaged").exists()


def test_marks_that_can_not_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    one = picture(draw(tmp_path / "a.jpg"))
    with pytest.raises(Problem, match="could not be kept") as told:
        Marks(tmp_path / "file" / "pictures.sqlite").change([one], lambda mark: Mark(stars=1))
    assert told.value.code == "marks-not-kept"


def test_names_that_are_no_text(tmp_path: Path, marks: Marks) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    one = picture(draw(tmp_path / "a.jpg"))._replace(path=tmp_path / name)
    marks.change([one], lambda mark: Mark(stars=2))
    assert marks.read([one]) == {one.path: Mark(stars=2)}


# What is shown


def some(*rows: tuple[str, int, int]) -> tuple[Picture, ...]:
    return tuple(Picture(Path("/shop") / name, size, when) for name, size, when in rows)


def test_order_and_filter() -> None:
    a, b, c = some(("hat/a.jpg", 30, 1), ("hat/b.jpg", 10, 3), ("shoe/c.jpg", 20, 2))
    marks = {
        a.path: Mark(stars=2, exported="/x.png"),
        c.path: Mark(stars=5, project="/c.ora", checked=(Failing("ebay", ("Width",)),)),
    }
    known = Known(marks, frozenset({b.path}), frozenset({a.path}))

    def shown(**wish: object) -> str:
        found = arranged((a, b, c), known, Wish(**wish))  # type: ignore[arg-type]
        return "".join(one.path.stem for one in found)

    assert shown() == "abc"
    assert shown(descending=True) == "cba"
    assert shown(by="date") == "acb"
    assert shown(by="size", descending=True) == "acb"
    assert shown(by="stars", descending=True) == "cab"
    assert shown(words="HAT") == "ab"
    assert shown(words="hat B.j") == "b"
    assert shown(words="shop") == "", "what all have in common is no name"
    assert shown(stars=2) == "ac"
    assert shown(flag="edited") == "bc"
    assert shown(flag="unedited") == "a"
    assert shown(flag="exported") == "a"
    assert shown(flag="unexported") == "bc"
    assert shown(flag="fails") == "c"
    assert shown(flag="unreadable") == "a"
    assert shown(flag="edited", stars=1) == "c"


# Small pictures


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ThumbnailCache]:
    made = ThumbnailCache(tmp_path / "cache" / "thumbnails.sqlite")
    yield made
    made.close()


class Told:
    """Waits for what a maker tells."""

    def __init__(self) -> None:
        self.made: dict[Path, Thumbnail | Problem] = {}
        self.order: list[str] = []
        self._more = threading.Condition()

    def __call__(self, picture: Picture, made: Thumbnail | Problem) -> None:
        with self._more:
            self.made[picture.path] = made
            self.order.append(picture.path.name)
            self._more.notify_all()

    def wait(self, enough: Callable[[], bool]) -> None:
        with self._more:
            assert self._more.wait_for(enough, SECONDS), self.order


def test_thumbnails_are_made_and_kept(tmp_path: Path, cache: ThumbnailCache) -> None:
    large = picture(draw(tmp_path / "large.jpg", 120, (600, 300)))
    broken = picture(draw(tmp_path / "broken.jpg"))
    broken.path.write_bytes(b"\xff\xd8\xff nothing")
    broken = picture(broken.path)
    told = Told()
    maker = ThumbnailMaker(Decoder(), cache, told)
    try:
        maker.want([large, broken])
        told.wait(lambda: len(told.made) == 2)
    finally:
        maker.close()
    made = told.made[large.path]
    assert isinstance(made, Thumbnail)
    pixels = cv2.imdecode(np.frombuffer(made.data, np.uint8), cv2.IMREAD_COLOR)
    assert pixels.shape == (SIDE // 2, SIDE, 3)
    assert abs(int(pixels[40, 40, 0]) - 120) < 3
    assert made[1:] == (600, 300)
    assert isinstance(told.made[broken.path], Problem)
    again = ThumbnailCache(cache.path)
    assert again.get(large) == made
    assert again.get(large._replace(changed=1)) is None, "another content is another picture"
    again.close()


def test_all_are_made_when_nothing_else_is_wanted(tmp_path: Path, cache: ThumbnailCache) -> None:
    pictures = [picture(draw(tmp_path / f"{n}.png")) for n in range(4)]
    told = Told()
    maker = ThumbnailMaker(Decoder(), cache, told)
    try:
        maker.fill(pictures)
        while maker.left:
            threading.Event().wait(0.01)
        assert all(map(cache.has, pictures))
        assert told.order == [], "nobody looks at them"
        maker.want(pictures[:1])
        told.wait(lambda: bool(told.made))
    finally:
        maker.close()


def test_the_cache_has_a_bound(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "small.sqlite", most_bytes=100_000)
    pictures = some(*((f"{n}.jpg", n, n) for n in range(256)))
    for one in pictures:
        cache.put(one, Thumbnail(bytes(1000), 10, 10))
    kept = sum(map(cache.has, pictures))
    cache.close()
    assert 60 <= kept <= 100


def test_a_cache_that_is_damaged_or_refused_stops_nothing(tmp_path: Path) -> None:
    (one,) = some(("a.jpg", 1, 1))
    damaged = ThumbnailCache(tmp_path / "damaged.sqlite")
    damaged.path.write_bytes(b"no data base" * 1000)
    damaged.put(one, Thumbnail(b"x", 1, 1))
    assert damaged.get(one) == Thumbnail(b"x", 1, 1)
    damaged.close()
    refused = ThumbnailCache(tmp_path / "damaged.sqlite" / "below.sqlite")
    refused.put(one, Thumbnail(b"x", 1, 1))
    assert refused.get(one) is None
    assert not refused.has(one)


# Following


def test_changes_on_disk_are_followed(tmp_path: Path) -> None:
    draw(tmp_path / "a.jpg")
    told: list[Listing | Problem] = []
    came = threading.Condition()

    def tell(found: Listing | Problem) -> None:
        with came:
            told.append(found)
            came.notify_all()

    def seen(fits: Callable[[Listing | Problem], bool]) -> bool:
        with came:
            return came.wait_for(lambda: bool(told) and fits(told[-1]), SECONDS)

    def has(*wanted: str) -> Callable[[Listing | Problem], bool]:
        return lambda found: isinstance(found, Listing) and names(found.pictures) == [*wanted]

    following = Following([tmp_path], tell, pause=0.02)
    try:
        assert seen(has("a.jpg"))
        draw(tmp_path / "b.jpg")
        assert seen(has("a.jpg", "b.jpg"))
        (tmp_path / "a.jpg").unlink()
        assert seen(has("b.jpg"))
        first = told[-1]
        draw(tmp_path / "b.jpg", 7, (90, 90))
        assert seen(lambda found: isinstance(found, Listing) and found != first)
        (tmp_path / "b.jpg").unlink()
        tmp_path.rmdir()
        assert seen(lambda found: isinstance(found, Problem))
        following.rest(True)
        draw(tmp_path / "c.jpg")
        following.rest(False)
        assert seen(has("c.jpg"))
    finally:
        following.close()


def test_sqlite_of_this_python_is_safe_between_threads() -> None:
    """What the cache relies on, with its own lock around each call."""
    assert sqlite3.threadsafety >= 1
