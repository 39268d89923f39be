# SPDX-License-Identifier: Apache-2.0
"""Recipes in the real window: kept from what was done and from panels, applied, changed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from prodedit.catalogue.recipe_picture import KeptPictures
from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.document import BACKGROUND, PHOTO
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Colour, SolidFill
from prodedit.core.tiles import Tiles
from prodedit.editing.enhance_choice import EnhanceChoice
from prodedit.editing.session import EditSession
from prodedit.editing.style_choice import StyleChoice
from prodedit.engine.recipe import Recipe
from prodedit.engine.recipe_library import RecipeLibrary, read_recipe
from prodedit.engine.tasks import Enhance, RemoveBackground, TransferStyle
from prodedit.gui.dialogs.command_search import CommandSearch
from prodedit.gui.main_window import MainWindow
from prodedit.gui.recipes.editor import RecipesDialog
from prodedit.gui.recipes.pictures import RecipePictures
from prodedit.gui.recipes.saving import SaveRecipeDialog
from prodedit.gui.recipes.step_fields import _FIELDS, StepFields
from prodedit.gui.recipes.step_list import OFFERED
from prodedit.gui.recipes.words import step_text
from tests.fakes import threads_and_files
from tests.window import close_all, noise, open_noise, opened_window

LONG = 30_000
WHITE = edits.SetBackground(SolidFill(Colour(255, 255, 255)))
built_in = {
    "white-square",
    "marketplace-set",
    "transparent",
    "upscale-white",
    "styled-backdrop",
}
CUT = Recipe("Mugs", (RemoveBackground(), WHITE))


@pytest.fixture(scope="module")
def shared_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(shared_window: MainWindow, tmp_path: Path) -> Iterator[MainWindow]:
    shared_window.recipes.library = RecipeLibrary(tmp_path / "recipes")
    yield shared_window
    close_all(shared_window)


@pytest.fixture
def library(window: MainWindow) -> RecipeLibrary:
    return window.recipes.library


@pytest.fixture
def session(window: MainWindow) -> EditSession:
    return open_noise(window, 96, 64)


@pytest.fixture
def editor(window: MainWindow, library: RecipeLibrary) -> Iterator[RecipesDialog]:
    library.add(CUT)
    editor = RecipesDialog(library, window)
    editor.show_all("mugs")
    editor.show()
    yield editor
    editor.close()
    editor.deleteLater()


def saving(window: MainWindow) -> SaveRecipeDialog:
    return window.findChildren(SaveRecipeDialog)[-1]


def own(library: RecipeLibrary) -> list[Recipe | None]:
    return [entry.recipe for entry in library.entries() if not entry.is_built_in]


def applied(qtbot: QtBot, window: MainWindow, name: str) -> None:
    menu = window.actions_["apply_recipe"].menu()
    menu.aboutToShow.emit()
    action = next(action for action in menu.actions() if action.text() == name)
    with qtbot.waitSignal(window.recipes.runs.ended, timeout=LONG):
        action.trigger()


def test_what_was_done_is_kept_and_done_to_another_picture(
    qtbot: QtBot, window: MainWindow, library: RecipeLibrary, session: EditSession
) -> None:
    assert not window.history.keep.isEnabled()
    session.apply(WHITE)
    session.apply(edits.SetOpacity(PHOTO, 0.5))
    session.apply(edits.SetPixels(PHOTO), {"pixels": Tiles.from_array(noise(96, 64, seed=9))})
    window.history.keep.click()
    dialog = saving(window)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("only fits this picture" in text for text in labels)
    dialog.name.setText("Pale")
    dialog.accept()
    assert own(library) == [
        Recipe("Pale", (WHITE, edits.SetOpacity(PHOTO, 0.5)), window.workspace.settings.export)
    ]
    assert any("Recipe saved: Pale" in text for text in window.notices.texts)
    other = open_noise(window, 60, 40, "cup.jpg")
    applied(qtbot, window, "Pale")
    assert other.document.find(BACKGROUND) is not None
    assert other.stack.count() == 1
    assert other.stack.undoText() == "Pale"


def test_what_panels_are_set_to_is_kept_and_added(
    window: MainWindow, library: RecipeLibrary, session: EditSession
) -> None:
    settings = {"style": StyleChoice(style="bold-lines", strength=50)}
    window.workspace.change_settings(**settings, enhance=EnhanceChoice(denoise=30))
    window.enhance._show_choice()
    window.style_panel.row.keep_wanted.emit()
    saving(window).name.setText("Both")
    saving(window).accept()
    window.enhance.row.keep_wanted.emit()
    dialog = saving(window)
    dialog.target.setCurrentIndex(1)
    assert not dialog.name.isEnabled()
    dialog.accept()
    (found,) = own(library)
    assert found is not None
    style, enhance = found.steps
    assert isinstance(style, TransferStyle)
    assert isinstance(enhance, Enhance)
    assert (style.style, style.strength, enhance.denoise) == ("bold-lines", 0.5, 0.3)
    window.background.recipe_wanted.emit(
        (window.background.cutout.task(), window.background.backdrop.step())
    )
    saving(window).name.setText("Bare")
    saving(window).accept()
    bare = library.find("Bare").recipe
    assert bare is not None
    assert bare.steps == (RemoveBackground(), edits.SetBackground(None))


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(
    window: MainWindow, library: RecipeLibrary, session: EditSession
) -> None:
    library.add(CUT)
    window.recipes.keep((WHITE,))
    dialog = saving(window)
    dialog.name.setText("mugs")
    dialog.accept()
    assert dialog.isVisible()
    assert "already" in dialog.problem.text()
    dialog.name.setText("")
    assert not dialog.button.isEnabled()
    dialog.reject()
    assert own(library) == [CUT]


def test_what_fits_only_one_picture_is_no_recipe(window: MainWindow, session: EditSession) -> None:
    window.recipes.keep((edits.PaintMask(PHOTO),))
    assert not window.findChildren(SaveRecipeDialog) or not saving(window).isVisible()
    assert "Nothing of this could be done to another picture" in window.notices.texts[-1]


def test_a_recipe_is_listed_among_the_jobs_and_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, library: RecipeLibrary, session: EditSession
) -> None:
    entry = library.add(Recipe("Slow", (WHITE, RemoveBackground("sleep:60"))))
    before = session.document
    window.recipes.apply(entry)
    qtbot.waitUntil(lambda: "Recipe “Slow”: sleep" in window.jobs_bar._text.text(), timeout=LONG)
    assert len(window.jobs.active) == 1, "its parts are not listed"
    window.recipes.apply(entry)
    assert "already" in window.notices.texts[-1]
    with qtbot.waitSignal(window.recipes.runs.ended, timeout=LONG):
        window.jobs_bar.cancel_first()
    assert session.document is before
    assert not window.jobs.active


def test_recipes_are_found_by_searching_commands(
    qtbot: QtBot, window: MainWindow, library: RecipeLibrary, session: EditSession
) -> None:
    library.add(Recipe("Half & half", (edits.SetOpacity(PHOTO, 0.5),)))
    window.actions_["search_commands"].trigger()
    search = window.findChildren(CommandSearch)[-1]
    field, found = search.findChild(QLineEdit), search.findChild(QTreeWidget)
    field.setText("recipe half")
    assert found.topLevelItem(0).text(0) == "Apply recipe: Half & half"
    with qtbot.waitSignal(window.recipes.runs.ended, timeout=LONG):
        field.returnPressed.emit()
    assert session.document.find(PHOTO).opacity == 0.5


def test_a_proposal_for_the_name_tells_what_it_does(
    window: MainWindow, session: EditSession
) -> None:
    window.recipes.keep((WHITE,))
    assert saving(window).name.text() == "Background: White"
    saving(window).reject()
    window.recipes.keep(CUT.steps)
    assert saving(window).name.text() == "Remove background, Background"
    saving(window).reject()


def test_what_is_done_in_pixels_is_said_to_suit_pictures_of_one_size(
    window: MainWindow, session: EditSession
) -> None:
    for steps, told in (((WHITE,), False), ((WHITE, edits.CropCanvas(Rect(1, 2, 30, 40))), True)):
        window.recipes.keep(steps)
        dialog = saving(window)
        labels = [label.text() for label in dialog.findChildren(QLabel)]
        assert any("same place of every picture" in text for text in labels) == told
        dialog.reject()


def test_the_window_of_recipes_applies_to_the_open_picture(
    qtbot: QtBot, window: MainWindow, library: RecipeLibrary
) -> None:
    entry = library.add(Recipe("Small", (edits.ResizeImage(Size(30, 20)),)))
    window.actions_["edit_recipes"].trigger()
    editor = window.findChildren(RecipesDialog)[-1]
    editor.show_all(entry.id)
    assert not editor.apply.isEnabled()
    session = open_noise(window, 96, 64)
    with qtbot.waitSignal(window.recipes.runs.ended, timeout=LONG):
        editor.apply.click()
    assert session.document.size == Size(30, 20)
    editor.close()


def test_nothing_is_made_for_the_window_of_recipes_when_all_closes(window: MainWindow) -> None:
    window.recipes.edit()
    editor = window.findChildren(RecipesDialog)[-1]
    assert editor.isVisible()
    window.recipes.close()
    assert not editor.isVisible()
    assert "recipes" not in {thread.name for thread in threading.enumerate()}


def test_steps_are_moved_removed_and_added(editor: RecipesDialog, library: RecipeLibrary) -> None:
    steps = editor.steps
    steps.list.setCurrentRow(1)
    assert not steps.down.isEnabled()
    steps.up.click()
    assert library.find("mugs").recipe.steps == (WHITE, RemoveBackground())
    steps.remove.click()
    steps.add.menu().actions()[2].trigger()
    assert library.find("mugs").recipe.steps == (RemoveBackground(), edits.FrameProduct())
    assert steps.list.currentRow() == 1


def test_a_step_is_set_to_something_else(editor: RecipesDialog, library: RecipeLibrary) -> None:
    editor.steps.list.setCurrentRow(0)
    editor.fields.change(model="u2net")
    assert library.find("mugs").recipe.steps[0] == RemoveBackground("u2net")
    assert "Fast" in editor.steps.list.item(0).text()
    editor.fields.change(refine=7)  # what could not be read again is not written
    assert library.find("mugs").recipe.steps[0] == RemoveBackground("u2net")
    assert editor.problem.isVisible()


@pytest.mark.parametrize("step", [*OFFERED, edits.SetBackground(edits.BlurredBackground())])
def test_every_step_that_is_offered_has_fields(qtbot: QtBot, step: object) -> None:
    assert type(step) in _FIELDS
    fields = StepFields()
    qtbot.addWidget(fields)
    fields.show_step(step, editable=True)  # type: ignore[arg-type]
    assert fields.form.rowCount() >= 1


def test_renamed_written_in_another_format_duplicated(
    editor: RecipesDialog, library: RecipeLibrary
) -> None:
    editor.name.setText("White square")
    editor.name.editingFinished.emit()
    assert "already" in editor.problem.text()
    editor.name.setText("Cups")
    editor.name.editingFinished.emit()
    assert [entry.name for entry in library.entries()][-1] == "Cups"
    editor.formats.setCurrentIndex(editor.formats.findData("webp"))
    editor.formats.activated.emit(editor.formats.currentIndex())
    editor.quality.setValue(70)
    export = library.find("Cups").recipe.export
    assert (export.format, export.quality) == ("webp", 70)
    editor.duplicate.click()
    assert editor.name.text() == "Cups (copy)"
    assert len(own(library)) == 2


def test_recipes_have_pictures_which_are_kept(
    qtbot: QtBot, window: MainWindow, library: RecipeLibrary, tmp_path: Path
) -> None:
    kept = KeptPictures(tmp_path / "cache")
    pictures = RecipePictures(window.workspace.worker, kept)
    built_in = {entry.id for entry in library.entries()}
    came: list[str] = []
    pictures.came.connect(lambda entry, image: came.append(entry) if image.width() else None)
    editor = RecipesDialog(library, window, pictures)
    *_, shared = threads_and_files()
    try:
        library.add(Recipe("Bad", (edits.FrameProduct(),)))
        editor.show_all()
        blank = editor.list.item(0).icon().cacheKey()
        assert came == [], "nothing is made for a window that nobody sees"
        editor.show()
        qtbot.waitUntil(lambda: set(came) >= built_in, timeout=LONG)
        assert editor.list.item(0).icon().cacheKey() != blank
        assert "bad" not in came
        came.clear()
        editor.hide()
        assert threads_and_files()[2] <= shared, "what the engine answered is let go"
        editor.show()
        assert set(came) == built_in, "at once, as they are on the disk"
    finally:
        editor.close()
        pictures.stop()
        editor.deleteLater()


def test_a_step_says_which_adjustment_it_is() -> None:
    step = edits.AddAdjustmentLayer("new", "", Invert())
    assert step_text(step) == "Add adjustment: Invert colours"


def test_recipes_are_exported_and_imported(
    editor: RecipesDialog, library: RecipeLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "for a colleague"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    editor.send_out.click()
    sent = path.with_name("for a colleague.json")
    assert read_recipe(sent) == CUT
    library.change("mugs", Recipe("Mugs", (WHITE,)))
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"nothing")
    chosen = [str(sent), str(bad)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    editor.bring_in.click()
    assert {recipe.name for recipe in own(library) if recipe} == {"Mugs", "Mugs 2"}
    assert editor.list.currentItem().text() == "Mugs 2"
    assert "no recipe" in editor.problem.text()


def test_what_is_deleted_can_be_brought_back(editor: RecipesDialog, library: RecipeLibrary) -> None:
    editor.delete.click()
    assert own(library) == []
    editor.restore.click()
    assert own(library) == [CUT]
    assert editor.name.text() == "Mugs"


def test_built_in_ones_are_changed_as_a_copy(editor: RecipesDialog, library: RecipeLibrary) -> None:
    editor.show_all("white-square")
    assert editor.name.isReadOnly()
    assert not editor.delete.isEnabled()
    assert not editor.steps.remove.isEnabled()
    assert not editor.fields.isEnabled()
    assert "comes with ProdEdit" in editor.told.text()
    before = library.find("white-square").recipe
    editor.duplicate.click()
    editor.steps.remove.click()
    assert library.find("white-square").recipe == before
    assert library.find("White square (copy)").recipe.steps == before.steps[1:]
