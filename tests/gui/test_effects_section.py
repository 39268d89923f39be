# SPDX-License-Identifier: Apache-2.0
"""Effects are switched, set and looked at in the Properties panel; each change is one undo step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from prodedit.core import edits
from prodedit.core.adjust.values import Invert
from prodedit.core.document import PHOTO
from prodedit.core.effects import CastShadow, ColourOverlay, DropShadow, Effect, Glow, Outline
from prodedit.core.layer import Colour
from prodedit.core.tiles import Tiles
from prodedit.editing.session import EditSession
from prodedit.gui.main_window import MainWindow
from prodedit.gui.panels.effect_kinds import KINDS, PRESETS, first_of, scaled
from prodedit.gui.panels.effects_section import EffectsSection
from tests.window import close_all, open_noise, opened_window, shown


@pytest.fixture(scope="module")
def window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with opened_window(qapp, tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def session(window: MainWindow) -> Iterator[EditSession]:
    """A product in the middle, cut out; a copy of it below."""
    session = open_noise(window)
    alpha = np.zeros((240, 320), np.uint8)
    alpha[60:180, 100:220] = 255
    session.apply(edits.SetMask(PHOTO), {"alpha": Tiles.from_array(alpha)})
    session.apply(edits.DuplicateLayer(PHOTO, "copy", "copy"))
    session.apply(edits.MoveLayer("copy", None, 0))
    session.activate(PHOTO)
    session.stack.clear()
    window.side.open("properties")
    yield session
    close_all(window)


@pytest.fixture
def section(window: MainWindow, session: EditSession) -> EffectsSection:
    assert window.properties.effects is not None
    return window.properties.effects


def effects(session: EditSession) -> tuple[Effect, ...]:
    return session.document.find(PHOTO).effects


def click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(10, widget.height() // 2))


def pull(slider: object, *values: int) -> None:
    """As a mouse pulls it: down, over the values, up."""
    slider._slider.setSliderDown(True)
    for value in values:
        slider._slider.setValue(value)
    slider._slider.setSliderDown(False)


def test_every_effect_can_be_set_in_all_its_parts() -> None:
    assert set(KINDS) == set(get_args(Effect))
    elsewhere = {"colour", "angle", "enabled", "side", "blend"}
    for kind, told in KINDS.items():
        assert {n.field for n in told.numbers} == set(kind.__struct_fields__) - elsewhere
        assert bool(told.sides) == hasattr(kind(), "side")


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_switch_adds_an_effect_and_hides_it_again(
    window: MainWindow, session: EditSession, section: EffectsSection, kind: type[Effect]
) -> None:
    before = shown(window.canvas)
    box = section.boxes[kind]
    click(box.switch)
    assert [type(effect) for effect in effects(session)] == [kind]
    assert box.body.isVisibleTo(section)
    assert (shown(window.canvas) != before).any()
    click(box.switch)
    assert [effect.enabled for effect in effects(session)] == [False]
    assert not box.body.isVisibleTo(section)
    assert (shown(window.canvas) == before).all()
    assert session.stack.count() == 2


def test_a_slider_is_seen_while_it_moves_and_is_one_step(
    window: MainWindow, session: EditSession, section: EffectsSection
) -> None:
    click(section.boxes[Outline].switch)
    seen: list[float] = []
    session.previewed.connect(lambda document, rects: seen.append(document))
    pull(section.boxes[Outline].sliders["width"], 10, 20, 30)
    widths = [first_of(document.find(PHOTO).effects, Outline).width for document in seen]
    assert widths == [10, 20, 30]
    assert effects(session)[0].width == 30
    assert session.stack.count() == 2
    pull(section.boxes[Outline].sliders["width"], 40)
    assert session.stack.count() == 3  # each pull is one
    for value in (41, 42):
        section.boxes[Outline].sliders["width"]._slider.setValue(value)
    assert session.stack.count() == 4  # steps by keys are one
    session.undo()
    assert effects(session)[0].width == 40
    assert section.boxes[Outline].sliders["width"].value == round(effects(session)[0].width)


def test_choices_and_colours(session: EditSession, section: EffectsSection) -> None:
    for kind in (Glow, ColourOverlay):
        click(section.boxes[kind].switch)
    section.boxes[Glow].side.chosen.emit("inside")
    section.boxes[ColourOverlay].blend.chosen.emit("multiply")
    section.boxes[ColourOverlay].colour.picked.emit(Colour(1, 2, 3))
    glow, overlay = effects(session)
    assert glow.side == "inside"
    assert (overlay.blend, overlay.colour) == ("multiply", Colour(1, 2, 3))
    assert section.boxes[Glow].side.box.currentData() == "inside"


def test_one_light_for_all_effects_of_all_layers(
    session: EditSession, section: EffectsSection
) -> None:
    session.apply(edits.SetEffects("copy", (CastShadow(angle=10),)))
    click(section.boxes[DropShadow].switch)
    assert effects(session)[0].angle == 10  # the light there is
    dial = section.boxes[DropShadow].light.dial
    QTest.mousePress(dial, Qt.MouseButton.LeftButton, pos=QPoint(16, 2))
    QTest.mouseMove(dial, QPoint(2, 16))
    QTest.mouseRelease(dial, Qt.MouseButton.LeftButton, pos=QPoint(2, 16))
    angles = [effect.angle for layer in session.document.walk() for effect in layer.effects]
    assert angles == [dial.angle, dial.angle]
    assert abs(dial.angle - 180) < 8
    section.same_light.setChecked(False)
    QTest.keyClick(dial, Qt.Key.Key_PageUp)
    assert effects(session)[0].angle == dial.angle
    assert session.document.find("copy").effects[0].angle == dial.angle - 15


@pytest.mark.parametrize("number", range(len(PRESETS)))
def test_a_ready_made_set_is_one_step_and_fits_the_layer(
    window: MainWindow, session: EditSession, section: EffectsSection, number: int
) -> None:
    before = shown(window.canvas)
    section.presets.menu().actions()[number].trigger()
    kinds = [type(effect) for effect in PRESETS[number].effects]
    assert [type(effect) for effect in effects(session)] == kinds
    assert session.stack.count() == 1
    assert (shown(window.canvas) != before).any()
    session.undo()
    assert effects(session) == ()
    assert (shown(window.canvas) == before).all()


def test_lengths_follow_the_size_of_the_layer(session: EditSession) -> None:
    layer = session.document.find(PHOTO)
    small = scaled(DropShadow(blur=100, distance=50), session.document, layer)
    assert (small.blur, small.distance) == (24, 12)
    assert small.opacity == DropShadow().opacity


def test_each_effect_is_a_command(
    window: MainWindow, session: EditSession, section: EffectsSection
) -> None:
    """For whoever searches for "shadow": it is on, and what can be set of it is seen."""
    window.side.open("background")
    for kind in KINDS:
        name = re.sub("(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
        for _ in range(2):  # it is no switch: what is on stays on
            window.actions_[name].trigger()
            assert [type(effect) for effect in effects(session) if effect.enabled][-1] is kind
    assert window.side.open_id == "properties"
    assert section.boxes[DropShadow].body.isVisible()
    assert {type(effect) for effect in effects(session)} == set(KINDS)


def test_effects_are_copied_to_all_chosen_layers(
    window: MainWindow, session: EditSession, section: EffectsSection
) -> None:
    window.actions_["paste_effects"].trigger()
    assert "Copy some first" in window.notices.texts[-1]
    assert not window.actions_["copy_effects"].isEnabled()
    click(section.boxes[Glow].switch)
    window.actions_["copy_effects"].trigger()
    session.apply(edits.DuplicateLayer("copy", "second", "second"))
    session.choose(["copy", "second"], "copy")
    window.actions_["paste_effects"].trigger()
    for name in ("copy", "second"):
        assert session.document.find(name).effects == effects(session)
    session.choose(["copy", PHOTO], PHOTO)
    window.actions_["clear_effects"].trigger()
    assert [bool(layer.effects) for layer in session.document.walk()] == [False, True, False]


def test_a_locked_layer_still_takes_effects_and_an_adjustment_has_none(
    window: MainWindow, session: EditSession, section: EffectsSection
) -> None:
    session.apply(edits.SetLock(PHOTO, "pixels", True))
    assert section.body.isEnabled()
    session.apply(edits.AddAdjustmentLayer("invert", "Invert", Invert()))
    session.activate("invert")
    assert section.isHidden()
