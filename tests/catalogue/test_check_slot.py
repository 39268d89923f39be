# SPDX-License-Identifier: Apache-2.0
"""What the window would write for a slot has the bytes of the batch, and is judged by the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from prodedit import cli
from prodedit.catalogue.check.looking import COSTLY
from prodedit.catalogue.check.remembering import SLOW, Memory, RememberingEngine
from prodedit.catalogue.check.slot import SlotMaker, SlotOrder, alone, has_more, product_layer
from prodedit.cli import batch, choices
from prodedit.core import edits
from prodedit.core.document import PHOTO, Document
from prodedit.core.effects import DropShadow
from prodedit.core.export_setting import ExportSetting
from prodedit.core.presets import Preset
from prodedit.core.problem import Cancelled, Problem
from prodedit.core.tiles import Tiles
from prodedit.engine.preset_library import PresetLibrary
from prodedit.engine.results import Result
from prodedit.engine.tasks import Enhance, RemoveBackground, Task
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import open_picture
from prodedit.files.stop import Stop
from tests import batches


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as made:
        yield made


@pytest.fixture
def preset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preset:
    """Of the person's own, called "small": white and square."""
    monkeypatch.setenv("PRODEDIT_DATA", str(tmp_path / "own"))
    library = PresetLibrary()
    found = library.copy("pinduoduo-main", "Small").preset
    assert found is not None
    making = msgspec.structs.replace(
        found.making, size=(96, 96), least=96, bytes=(0, 0), backdrop="#FFFFFF"
    )
    return library.change("small", msgspec.structs.replace(found, making=making)).preset or found


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return batches.picture(tmp_path / "杯子.png")


def order(document: Document, preset: Preset, **more: object) -> SlotOrder:
    return SlotOrder(document, "small", preset, "杯子", network=False, **more)  # type: ignore[arg-type]


def test_the_file_is_the_batch_s_to_the_byte_and_its_check_too(
    decoder: Decoder,
    preset: Preset,
    photo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(batch, "new_engine", batches.QuickEngine)
    monkeypatch.setattr(choices, "check_model", lambda model, store: None)
    target = tmp_path / "out"
    words = ["batch", str(photo), "-o", str(target), "--preset", "small", "--no-enlarge", "--json"]
    cli.main(words)
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert result["ok"], result
    (made,) = result["outputs"]
    opened = open_picture(photo, decoder)
    tried = SlotMaker(decoder, batches.QuickEngine(), Stop()).tried(
        order(opened.document, preset, metadata=opened.metadata)
    )
    assert tried.data == Path(made["path"]).read_bytes()
    assert tried.verdict.outcome == made["outcome"]
    found = {each.rule.rule: each.measured for each in tried.verdict.findings}
    assert made["rules"]
    assert all(found[told["rule"]] == told["measured"] for told in made["rules"])


def test_a_picture_that_is_only_checked_is_written_as_it_is(
    decoder: Decoder, preset: Preset, photo: Path
) -> None:
    document = open_picture(photo, decoder).document
    tried = SlotMaker(decoder, batches.QuickEngine(), Stop()).tried(
        order(document, preset, setting=ExportSetting("png"))
    )
    assert tried.data.startswith(b"\x89PNG")
    failed = {each.rule.rule: each for each in tried.verdict.of("fails")}
    assert failed["width" if "width" in failed else "short-side"].measured == 64.0
    assert tried.verdict.can_be_cured


def test_the_engine_is_asked_once_for_the_same_pixels(
    decoder: Decoder, preset: Preset, photo: Path
) -> None:
    engine, memory = batches.QuickEngine(), Memory()
    document = open_picture(photo, decoder).document
    for _ in range(2):
        remembering = RememberingEngine(engine, memory)
        SlotMaker(decoder, remembering, Stop()).tried(order(document, preset))
    assert [type(task) for task in engine.asked].count(RemoveBackground) == 1
    other = edits.apply(document, edits.ResizeImage(document.size.fit(60)))
    SlotMaker(decoder, RememberingEngine(engine, memory), Stop()).tried(order(other, preset))
    assert [type(task) for task in engine.asked].count(RemoveBackground) == 2


def test_what_takes_long_is_spared_until_it_is_known(
    decoder: Decoder, preset: Preset, photo: Path
) -> None:
    engine, memory = batches.QuickEngine(), Memory()
    document = open_picture(photo, decoder).document
    sparing = RememberingEngine(engine, memory, SLOW)
    with pytest.raises(Problem) as caught:
        SlotMaker(decoder, sparing, Stop()).tried(order(document, preset))
    assert caught.value.code == COSTLY
    assert engine.asked == []
    whole = SlotMaker(decoder, RememberingEngine(engine, memory), Stop())
    data = whole.tried(order(document, preset)).data
    sparing = RememberingEngine(engine, memory, SLOW)
    assert SlotMaker(decoder, sparing, Stop()).tried(order(document, preset)).data == data
    assert not sparing.spared


def test_without_the_network_that_enlarges_it_is_done_plainly(
    decoder: Decoder, preset: Preset, photo: Path
) -> None:
    class Lacking(batches.QuickEngine):
        def run(self, task: Task, inputs: Mapping[str, Any], **named: Any) -> Result:
            if isinstance(task, Enhance):
                raise Problem("There is no such model.", code="model-missing")
            return super().run(task, inputs, **named)

    document = open_picture(photo, decoder).document
    wanted = replace(order(document, preset), network=True)
    data = SlotMaker(decoder, Lacking(), Stop()).tried(wanted).data
    plain = SlotMaker(decoder, batches.QuickEngine(), Stop()).tried(order(document, preset)).data
    assert data == plain


def test_it_ends_when_nobody_wants_it_any_more(
    decoder: Decoder, preset: Preset, photo: Path
) -> None:
    stop = Stop()
    stop.want()
    document = open_picture(photo, decoder).document
    with pytest.raises(Cancelled):
        SlotMaker(decoder, batches.QuickEngine(), stop).tried(order(document, preset))


def test_the_product_alone_has_neither_effects_nor_other_layers(
    decoder: Decoder, photo: Path
) -> None:
    document = open_picture(photo, decoder).document
    assert not has_more(document, PHOTO)
    document = edits.apply(document, edits.SetEffects(PHOTO, (DropShadow(),)))
    tiles = Tiles.from_array(np.full((9, 9, 4), 255, np.uint8))
    document = edits.apply(
        document, edits.AddPixelLayer("sign", "Sign", x=0, y=0), {"pixels": tiles}
    )
    assert has_more(document, PHOTO)
    bare = alone(document, PHOTO)
    assert not has_more(bare, PHOTO)
    sign, product = bare.find("sign"), bare.find(PHOTO)
    assert sign is not None
    assert product is not None
    assert not sign.visible
    assert product.visible
    assert product.effects == ()
    assert product_layer(document, "sign") == PHOTO
    assert product_layer(document.remove(PHOTO), "sign") == "sign"
    assert product_layer(document.remove(PHOTO), "nothing") == "sign"
