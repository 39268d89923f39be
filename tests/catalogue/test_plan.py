# SPDX-License-Identifier: Apache-2.0
"""Which pictures a command's words name, and where their outputs go."""

from collections.abc import Sequence
from pathlib import Path, PurePath

import pytest

from prodedit.catalogue.batch.inputs import Gathered, gather
from prodedit.catalogue.batch.plan import distinct_places, plan_file, plan_folder
from prodedit.core.problem import Problem
from tests.batches import picture


def made(folder: Path, *names: str) -> Path:
    """Files that count as pictures by their name; what is in them does not matter here."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8\xff")
    return folder


def places(gathered: Gathered) -> list[str]:
    return [found.place.as_posix() for found in gathered.pictures]


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "outputs"),
    [
        (["a.jpg"], ["a.png"]),
        (["a.jpg", "b.jpg"], ["a.png", "b.png"]),
        (["a.jpg", "a.webp", "b.jpg"], ["a-jpg.png", "a-webp.png", "b.png"]),
        (["red/a.jpg", "blue/a.jpg"], ["red/a.png", "blue/a.png"]),
        (["a.jpg", "A.jpg"], ["a-jpg.png", "A-jpg-2.png"]),
        (["A.JPG", "a.png"], ["A-JPG.png", "a-png.png"]),
        (["Red/a.jpg", "red/a.jpg"], ["Red/a-jpg.png", "red/a-jpg-2.png"]),
        (["a.jpg", "a.jpg", "a.jpg"], ["a-jpg.png", "a-jpg-2.png", "a-jpg-3.png"]),
        (["a.jpg", "a.png", "a-jpg.gif"], ["a-jpg-2.png", "a-png.png", "a-jpg.png"]),
        (["a", "a.jpg"], ["a.png", "a-jpg.png"]),
        (["x.jpg", "x.png/y.jpg"], ["x-jpg.png", "x.png/y.png"]),
        (["caf\u00e9.jpg", "cafe\u0301.jpg"], ["caf\u00e9-jpg.png", "cafe\u0301-jpg-2.png"]),
        (["商品.jpg", "ünï.tar.gz.jpg"], ["商品.png", "ünï.tar.gz.png"]),
        ([".jpg.jpg", "b"], [".jpg.png", "b.png"]),
    ],
)
def test_names_are_kept_and_never_meet(inputs: list[str], outputs: list[str]) -> None:
    found = distinct_places([PurePath(name) for name in inputs], ".png")
    assert [place.as_posix() for place in found] == outputs
    assert len({place.as_posix().casefold() for place in found}) == len(inputs)


def test_no_order_of_inputs_makes_two_outputs_meet() -> None:
    hostile = "a.jpg a.png A.png a-png.jpg a-png.png a-png-2.jpg a a-2.gif a.png/a.jpg a.png/a.gif"
    names = [PurePath(name) for name in hostile.split()]
    for turn in range(len(names)):
        turned = [*names[turn:], *names[:turn]]
        found = distinct_places(turned, ".png")
        files = {place.as_posix().casefold() for place in found}
        folders = {p.as_posix().casefold() for place in found for p in place.parents}
        assert len(files) == len(names)
        assert not files & folders


# Inputs ------------------------------------------------------------------------------------------


def test_a_folder_is_searched_to_its_depth_sorted_without_what_is_hidden(tmp_path: Path) -> None:
    made(tmp_path, "b.jpg", "a.JPG", "red/z.png", "red/deep/y.webp", ".x.jpg", ".git/a.jpg")
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "Thumbs.db").write_bytes(b"\0" * 100)
    picture(tmp_path / "c.png").rename(tmp_path / "no ending")
    found = gather([str(tmp_path)])
    assert places(found) == ["a.JPG", "b.jpg", "no ending", "red/z.png", "red/deep/y.webp"]
    assert found.skipped == 2


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    made(tmp_path / "in", "a.jpg")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "b.jpg").symlink_to(tmp_path / "in" / "a.jpg")
    (tmp_path / "in" / "c.jpg").symlink_to(tmp_path / "nowhere")
    assert places(gather([str(tmp_path / "in")])) == ["a.jpg", "b.jpg", "c.jpg"]


def test_several_folders_keep_their_own_names(tmp_path: Path) -> None:
    made(tmp_path, "one/spring/a.jpg", "two/spring/a.jpg", "two/b.jpg", "c.jpg")
    roots = [str(tmp_path / name) for name in ("one/spring", "two/spring", "two", "c.jpg")]
    assert places(gather(roots)) == ["spring/a.jpg", "spring-2/a.jpg", "two/b.jpg", "c.jpg"]


def test_a_picture_that_is_named_twice_is_done_once(tmp_path: Path) -> None:
    made(tmp_path, "a.jpg", "b.jpg")
    again = [str(tmp_path / "a.jpg"), str(tmp_path), str(tmp_path / "x" / ".." / "a.jpg")]
    assert places(gather(again)) == ["a.jpg", "b.jpg"]


def test_patterns_are_resolved_here_too(tmp_path: Path) -> None:
    made(tmp_path, "a1.jpg", "a2.jpg", "b.jpg", "deep/a3.jpg", "strange[1].jpg")
    assert places(gather([str(tmp_path / "a*.jpg")])) == ["a1.jpg", "a2.jpg"]
    assert places(gather([str(tmp_path / "**" / "a*.jpg")])) == ["a1.jpg", "a2.jpg", "a3.jpg"]
    assert places(gather([str(tmp_path / "strange[1].jpg")])) == ["strange[1].jpg"]


def test_outputs_of_an_earlier_run_are_no_inputs(tmp_path: Path) -> None:
    made(tmp_path, "a.jpg", "out/a.png", "out/deep/b.png")
    assert places(gather([str(tmp_path)], leave_out=tmp_path / "out")) == ["a.jpg"]


@pytest.mark.parametrize("words", [["none.jpg"], ["none*.jpg"], ["empty"], ["none", "empty"]])
def test_nothing_found_is_refused(
    words: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(Problem) as caught:
        gather(words)
    assert caught.value.code == "no-input"


def test_an_empty_word_is_not_the_folder_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").touch()
    monkeypatch.chdir(tmp_path)
    assert len(gather(["."]).pictures) == 1
    with pytest.raises(Problem, match='""'):
        gather([""])


def test_one_missing_name_among_others_is_a_picture_that_fails(tmp_path: Path) -> None:
    made(tmp_path, "a.jpg")
    assert places(gather([str(tmp_path / "a.jpg"), "gone.jpg"])) == ["a.jpg", "gone.jpg"]


# Outputs -----------------------------------------------------------------------------------------


def refused(plan: object, *arguments: object) -> str:
    assert callable(plan)
    with pytest.raises(Problem) as caught:
        plan(*arguments)
    return caught.value.code


def test_inputs_are_never_overwritten(tmp_path: Path) -> None:
    made(tmp_path, "a.png", "in/b.jpg")
    alone = gather([str(tmp_path / "a.png")])
    assert refused(plan_file, alone, tmp_path / "a.png") == "would-overwrite-input"
    assert refused(plan_folder, alone, tmp_path, ".png") == "would-overwrite-input"
    (tmp_path / "link.png").symlink_to(tmp_path / "a.png")
    assert refused(plan_file, alone, tmp_path / "link.png") == "would-overwrite-input"
    both = gather([str(tmp_path / "a.png"), str(tmp_path / "in" / "b.jpg")])
    assert refused(plan_folder, both, tmp_path, ".png") == "would-overwrite-input"
    (tmp_path / "hard").mkdir()
    (tmp_path / "hard" / "a.png").hardlink_to(tmp_path / "a.png")
    assert refused(plan_folder, both, tmp_path / "hard", ".png") == "would-overwrite-input"


def test_results_may_lie_beside_inputs_that_they_do_not_hit(tmp_path: Path) -> None:
    made(tmp_path, "a.jpg", "b.jpg")
    plan = plan_folder(gather([str(tmp_path)]), tmp_path, ".png")
    assert [picture.output.name for picture in plan] == ["a.png", "b.png"]


def test_one_file_for_many_pictures_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "a.jpg", "b.jpg", "one/c.jpg")
    pair = gather([str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg")])
    assert refused(plan_file, pair, tmp_path / "out.png") == "output-is-file"
    assert refused(plan_file, gather([str(tmp_path / "one")]), tmp_path / "out.png")
    assert refused(plan_folder, pair, tmp_path / "a.jpg", ".png") == "output-is-file"
