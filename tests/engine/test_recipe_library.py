# SPDX-License-Identifier: Apache-2.0
"""The person's recipes as files, and those that come with the program."""

from pathlib import Path

import pytest

from prodedit.core import edits
from prodedit.core.problem import Problem
from prodedit.engine import recipe
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import BUILT_IN, RecipeLibrary, read_recipe, write_recipe
from prodedit.engine.tasks import RemoveBackground

CUT = Recipe("Mugs", (RemoveBackground(),))


@pytest.fixture
def library(tmp_path: Path) -> RecipeLibrary:
    return RecipeLibrary(tmp_path / "own")


def test_the_built_in_ones_can_all_be_used(library: RecipeLibrary) -> None:
    entries = library.entries()
    assert [entry.id for entry in entries] == [
        "white-square", "marketplace-set", "transparent", "upscale-white", "styled-backdrop",
    ]  # fmt: skip
    assert {entry.name for entry in entries} == set(BUILT_IN), "each has a translation"
    assert all(entry.is_built_in and entry.problem is None for entry in entries)


def test_own_ones_are_found_by_name_and_by_file(library: RecipeLibrary) -> None:
    entry = library.add(CUT)
    assert entry.path == library.own / "mugs.json"
    for word in ("mugs", "Mugs", "MUGS "):
        assert library.find(word).recipe == CUT
    assert read_recipe(entry.path) == CUT
    with pytest.raises(Problem, match=r"no recipe “cups”\. There are: .*styled-backdrop, mugs"):
        library.find("cups")


def test_two_never_share_a_name(library: RecipeLibrary) -> None:
    entry = library.add(CUT)
    for name in ("Mugs", " mugs", "White square"):
        with pytest.raises(Problem, match="already"):
            library.add(Recipe(name, CUT.steps))
    with pytest.raises(Problem, match="needs a name"):
        library.add(Recipe("  ", CUT.steps))
    copy = library.duplicate(entry, "Mugs")
    assert (copy.id, copy.name) == ("mugs-2", "Mugs 2")
    assert library.change(entry.id, Recipe("mugs", ())).recipe == Recipe("mugs", ())


def test_recipes_go_to_another_computer_and_come_from_one(
    library: RecipeLibrary, tmp_path: Path
) -> None:
    entry = library.add(CUT)
    path = tmp_path / "给同事.json"
    write_recipe(path, CUT)
    assert library.take_in(path) == entry, "it is there already"
    write_recipe(path, Recipe("Mugs", (*CUT.steps, edits.TidyMask("photo"))))
    came = library.take_in(path)
    assert (came.name, came.is_built_in) == ("Mugs 2", False)
    assert library.take_in(path).id == came.id, "not once more"
    path.write_bytes(b"{}")
    with pytest.raises(Problem, match="no recipe"):
        library.take_in(path)
    newer = recipe.to_bytes(CUT).replace(b'"schema": 1', b'"schema": 2')
    path.write_bytes(newer)
    with pytest.raises(Problem, match="newer version"):
        library.take_in(path)
    with pytest.raises(Problem):
        write_recipe(tmp_path / "gone" / "x.json", CUT)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/passwd", "etc-passwd.json"),
        ("白底 图片", "白底-图片.json"),
        ("CON", "recipe-con.json"),
        ("?*", "recipe.json"),
        ("长" * 80, "长" * 60 + ".json"),
    ],
)
def test_every_name_becomes_a_file_in_the_folder(
    library: RecipeLibrary, name: str, file: str
) -> None:
    entry = library.add(Recipe(name, CUT.steps))
    assert (entry.path.parent, entry.path.name) == (library.own, file)
    assert library.find(name).recipe == Recipe(name, CUT.steps)


def test_a_recipe_is_changed_and_removed(library: RecipeLibrary) -> None:
    entry = library.add(CUT)
    white = Recipe("Mugs", (RemoveBackground(), edits.SetBackground()))
    library.change(entry.id, white)
    assert library.find("mugs").recipe == white
    library.remove("mugs")
    library.remove("mugs")
    assert not [one for one in library.entries() if not one.is_built_in]


def test_what_cannot_be_used_is_listed_with_its_reason(library: RecipeLibrary) -> None:
    library.own.mkdir()
    (library.own / "bad.json").write_bytes(b"{")
    (library.own / "note.txt").write_bytes(b"no recipe")
    bad = library.entries()[-1]
    assert (bad.id, bad.recipe) == ("bad", None)
    with pytest.raises(Problem, match="no recipe"):
        library.find("bad")


def test_nothing_that_could_not_be_read_is_written(library: RecipeLibrary) -> None:
    with pytest.raises(Problem, match="only fits one picture"):
        library.add(Recipe("stroke", (edits.PaintMask("photo"),)))
    assert not library.own.exists()


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "own").write_bytes(b"a file where the folder should be")
    with pytest.raises(Problem, match="was not saved"):
        RecipeLibrary(tmp_path / "own").add(CUT)
    with pytest.raises(Problem, match="could not be read"):
        read_recipe(tmp_path / "nothing.json")
    assert recipe.from_bytes(recipe.to_bytes(CUT)) == CUT
