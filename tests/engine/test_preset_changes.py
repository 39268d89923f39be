# SPDX-License-Identifier: Apache-2.0
"""What a preset demands goes along with how its pictures are made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from prodedit.core.presets import OWN, Demand, Preset, from_bytes, to_bytes
from prodedit.engine.preset_changes import with_making
from prodedit.engine.preset_library import PresetLibrary


def changed(name: str, **making: Any) -> Preset:
    _, preset = PresetLibrary().find(name)
    made = with_making(preset, msgspec.structs.replace(preset.making, **making))
    assert from_bytes(to_bytes(made)) == made
    return made


def rules(preset: Preset) -> dict[str, Demand]:
    return {rule.rule: rule for rule in preset.rules}


def test_a_size_that_was_demanded_exactly_is_the_new_one() -> None:
    found = rules(changed("taobao-white", size=(1000, 1000), least=1000))
    for side in ("width", "height"):
        assert (found[side].low, found[side].high) == (1000, 1000)  # type: ignore[union-attr]
        assert found[side].source == OWN
    assert found["frontal"].source != OWN, "what is not concerned stays as it was read"


def test_step_by_step_it_comes_to_the_same() -> None:
    _, preset = PresetLibrary().find("taobao-white")
    for change in ({"size": (1000, 1000)}, {"least": 1000}):
        preset = with_making(preset, msgspec.structs.replace(preset.making, **change))
    assert (rules(preset)["width"].low, rules(preset)["width"].high) == (1000, 1000)  # type: ignore[union-attr]


def test_a_window_is_widened_and_never_made_narrower() -> None:
    found = rules(changed("taobao-white", bytes=(10_000, 200_000)))
    assert (found["bytes"].low, found["bytes"].high) == (10_000, 200_000)  # type: ignore[union-attr]
    small = rules(changed("amazon-main", fill=0.5, size=(400, 400), least=400))
    assert small["long-side"].low == 400  # type: ignore[union-attr]
    assert small["fill-long"].low == pytest.approx(0.48)  # type: ignore[union-attr]
    same = rules(changed("amazon-main", quality=90))
    assert same == rules(PresetLibrary().find("amazon-main")[1])


def test_another_backdrop_and_format_are_no_longer_refused() -> None:
    found = rules(changed("taobao-white", backdrop="transparent", format="png"))
    assert found["format"].among == ("PNG",)  # type: ignore[union-attr]
    assert "ring-white" not in found
    assert "ground-white" not in found
    grey = rules(changed("taobao-white", backdrop="#EEEEEE"))
    assert "ring-white" not in grey


def test_what_comes_from_elsewhere_has_a_name_of_its_own(tmp_path: Path) -> None:
    library = PresetLibrary(tmp_path / "own")
    _, preset = library.find("ebay")
    first, second = library.add(preset), library.add(preset)
    assert (first.name, second.name) == ("eBay 2", "eBay 3")
    assert {entry.name for entry in library.entries()} >= {"eBay", "eBay 2", "eBay 3"}
    mine = library.add(msgspec.structs.replace(preset, name="店铺主图"))
    assert mine.name == "店铺主图"
    assert mine.path.exists()
