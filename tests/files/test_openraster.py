# SPDX-License-Identifier: Apache-2.0
"""Project files: what is written, what comes back, what others wrote."""

from __future__ import annotations

import errno
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from prodedit.core.document import Document
from prodedit.core.geometry import Rect, Size
from prodedit.core.layer import Layer, PixelContent
from prodedit.core.pixels import premultiply
from prodedit.core.problem import Problem
from prodedit.core.serial import NEEDS, VERSION
from prodedit.core.tiles import Tiles
from prodedit.files import openraster
from prodedit.files.decoder import Decoder
from prodedit.files.openraster import Saved, save
from prodedit.files.openraster_decoder import isolated
from prodedit.files.openraster_read import SMALL, Loaded, load, load_preview
from prodedit.files.openraster_zip import Members
from tests.projects import Baker, differences, document, painted, photo, soft


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, changes: dict[str, bytes | None]) -> None:
    """As another program would that keeps members it does not know."""
    found = {name: data for name, data in (members(path) | changes).items() if data is not None}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)


def png(pixels: np.ndarray, mode: str | None = None) -> bytes:
    image = Image.fromarray(pixels)
    buffer = io.BytesIO()
    (image.convert(mode) if mode else image).save(buffer, "PNG")
    return buffer.getvalue()


def saved(tmp_path: Path, doc: Document | None = None) -> tuple[Path, Document, Saved]:
    doc = doc or document()
    path = tmp_path / "a.ora"
    return path, doc, save(doc, path, Baker(doc))


def codes(loaded: Loaded) -> list[str]:
    return [note.code for note in loaded.notes]


def test_every_bit_comes_back(tmp_path: Path) -> None:
    path, doc, _ = saved(tmp_path)
    loaded = load(path)
    assert differences(doc, loaded.document) == []
    assert loaded.notes == ()


def test_pixels_that_no_straight_colour_gives_come_back_too(tmp_path: Path) -> None:
    odd = soft(300, 300)
    odd[10, 10] = (200, 0, 0, 7)
    doc = Document(Size(300, 300), (Layer("odd", "odd", PixelContent(Tiles.from_array(odd))),))
    path, _, _ = saved(tmp_path, doc)
    assert differences(doc, load(path).document) == []


def test_the_file_is_as_the_specification_asks(tmp_path: Path) -> None:
    path, _, _ = saved(tmp_path)
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"image/openraster"
        thumbnail = Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png")))
        merged = Image.open(io.BytesIO(archive.read("mergedimage.png")))
    assert max(thumbnail.size) == 256
    assert merged.size == (700, 600)


def test_any_reader_sees_our_pngs(tmp_path: Path) -> None:
    path, doc, _ = saved(tmp_path)
    for name, data in members(path).items():
        if name.endswith(".png"):
            Image.open(io.BytesIO(data)).verify()
    merged = Image.open(io.BytesIO(members(path)["mergedimage.png"])).convert("RGBA")
    expected = Baker(doc).merged(Rect(0, 0, 700, 600))
    assert np.array_equal(premultiply(np.asarray(merged)), expected)


def test_pixels_that_two_layers_share_are_kept_once(tmp_path: Path) -> None:
    path, _, _ = saved(tmp_path)
    assert "prodedit/001-pixels.png" not in members(path)


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    path, doc, _ = saved(tmp_path)
    before = path.read_bytes()
    save(doc, path, Baker(doc))
    assert path.read_bytes() == before


def test_saving_again_gives_the_bytes_of_a_fresh_save(tmp_path: Path) -> None:
    path, doc, last = saved(tmp_path)
    after = painted(painted(doc, "hidden", 10, 300), "photo", 600, 500)
    after = after.replace_layer("group", lambda layer: replace(layer, opacity=0.25))
    save(after, path, Baker(after), last=last)
    fresh = tmp_path / "fresh.ora"
    save(after, fresh, Baker(after))
    assert members(path) == members(fresh)
    assert differences(after, load(path).document) == []


def test_saving_again_bakes_only_what_changed(tmp_path: Path) -> None:
    path, doc, last = saved(tmp_path)
    bake = Baker(doc)
    save(doc, path, bake, last=last)
    assert bake.baked == []
    after = painted(doc, "photo", 300, 300)
    bake = Baker(after)
    save(after, path, bake, last=load(path).saved)
    assert "back" not in bake.baked


def test_a_stroke_after_opening_is_cheap_too(tmp_path: Path) -> None:
    path, _, _ = saved(tmp_path)
    loaded = load(path)
    assert loaded.saved is not None
    after = painted(loaded.document, "shift", 5, 5)
    bake = Baker(after)
    save(after, path, bake, last=loaded.saved)
    # The odd mode shows what lies below it, and so does the faded group.
    assert set(bake.baked) == {"merged", "odd", "group"}
    assert differences(after, load(path).document) == []


def test_a_file_that_someone_else_replaced_is_not_copied_from(tmp_path: Path) -> None:
    path, doc, last = saved(tmp_path)
    path.write_bytes(b"something else")
    save(doc, path, Baker(doc), last=last)
    assert differences(doc, load(path).document) == []


def test_the_small_preview_is_not_shown_for_a_picture_that_another_program_changed(
    tmp_path: Path,
) -> None:
    path, _, _ = saved(tmp_path)
    assert load_preview(path, members=SMALL)[0].shape == (600, 700, 4)
    changed = np.full((256, 200, 4), 255, np.uint8)
    rewrite(path, {"mergedimage.png": png(changed), "Thumbnails/thumbnail.png": png(changed)})
    pixels, size = load_preview(path, members=SMALL)
    assert (pixels.shape, size) == ((256, 200, 4), Size(700, 600))
    assert (pixels == 255).all()


@pytest.mark.parametrize("at", ["open", "picture"])
def test_an_old_file_that_cannot_be_read_any_more_keeps_nobody_from_saving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    path, doc, last = saved(tmp_path)
    after = painted(doc, "photo", 10, 10)

    def refuse(*_ignored: object, **_more: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        if at == "open":
            patch.setattr(openraster, "Members", _refused_once(refuse))
        else:
            patch.setattr(Members, "picture", refuse)
        save(after, path, Baker(after), last=last)
    assert differences(load(path).document, after) == []


def _refused_once(refuse: Callable[[], None]) -> Callable[[Path], Members]:
    """The first that is opened is the old file, the second the new one, to be verified."""
    opened: list[Path] = []

    def members(path: Path) -> Members:
        opened.append(path)
        if len(opened) == 1:
            refuse()
        return Members(path)

    return members


def test_the_preview_follows_the_picture(tmp_path: Path) -> None:
    doc = document(2500, 600)
    path, doc, last = saved(tmp_path, doc)
    assert load_preview(path)[0].shape == (300, 1250, 4)
    after = doc.replace_layer("hidden", lambda layer: replace(layer, visible=True))
    again = save(after, path, Baker(after), last=last)
    fresh = save(after, tmp_path / "b.ora", Baker(after))
    assert np.array_equal(again.preview, fresh.preview)
    assert np.array_equal(load_preview(path)[0], fresh.preview)


def test_a_layer_that_another_program_painted_on_wins(tmp_path: Path) -> None:
    path, doc, _ = saved(tmp_path)
    theirs = np.full((600, 700, 4), (10, 20, 30, 255), np.uint8)
    rewrite(path, {"data/001.png": png(theirs)})
    loaded = load(path)
    layer = loaded.document.find("photo")
    assert layer is not None
    assert layer.mask is None
    assert layer.tiles is not None
    assert np.array_equal(layer.tiles.to_array()[0, 0], (30, 20, 10, 255))
    assert codes(loaded) == ["changed-layer"]
    assert "产品" in str(loaded.notes[0])
    assert [one for one in differences(doc, loaded.document) if one != "photo"] == []


def test_an_order_that_another_program_changed_wins_and_masks_stay(tmp_path: Path) -> None:
    path, _doc, _ = saved(tmp_path)
    stack = members(path)["stack.xml"].decode()
    stack = stack.replace('name="产品 &lt;&amp;&gt; 🛍" opacity="1"', 'name="new" opacity="0.5"')
    rewrite(path, {"stack.xml": stack.encode()})
    loaded = load(path)
    layer = loaded.document.find("photo")
    assert layer is not None
    assert layer.mask is not None
    assert (layer.name, layer.opacity) == ("new", 0.5)
    assert codes(loaded) == ["changed-stack"]


def test_a_newer_file_is_refused_with_advice(tmp_path: Path) -> None:
    path, _, _ = saved(tmp_path)
    text = members(path)["prodedit/document.json"].decode()
    newer = text.replace(f'"version": {VERSION}', f'"version": {VERSION + 1}')
    assert newer != text
    for needs, told in (("2.5.0", "ProdEdit 2.5.0 or newer"), ("<b>", "Update ProdEdit")):
        written = newer.replace(f'"needs": "{NEEDS}"', f'"needs": "{needs}"')
        rewrite(path, {"prodedit/document.json": written.encode()})
        with pytest.raises(Problem, match=told) as caught:
            load(path)
        assert caught.value.code == "newer-version"


def test_a_file_of_the_version_before_is_opened(tmp_path: Path) -> None:
    path, doc, _ = saved(tmp_path)
    text = members(path)["prodedit/document.json"].decode()
    before = re.sub(r',\s*"needs": "[^"]*"', "", text).replace(
        f'"version": {VERSION}', '"version": 3'
    )
    assert "needs" not in before
    rewrite(path, {"prodedit/document.json": before.encode()})
    loaded = load(path)
    assert codes(loaded) == []
    assert [layer.id for layer in loaded.document.walk()] == [layer.id for layer in doc.walk()]


def test_without_our_part_others_pictures_are_opened(tmp_path: Path) -> None:
    path, doc, _ = saved(tmp_path)
    ours = [name for name in members(path) if name.startswith("prodedit/")]
    rewrite(path, dict.fromkeys(ours))
    loaded = load(path)
    names = [layer.name for layer in loaded.document.walk()]
    assert names == [layer.name for layer in doc.layers]  # both groups can only be shown flat
    hidden = next(layer for layer in loaded.document.walk() if layer.name == "hidden")
    assert (hidden.visible, hidden.blend) == (False, "screen")
    assert hidden.tiles is not None
    assert np.array_equal(hidden.tiles.to_array(), photo(700, 600))


STACK = """<?xml version='1.0' encoding='UTF-8'?>
<image w="40" h="30"><stack>
  <stack name="group" x="3" y="4" composite-op="svg:multiply">
    <layer name="deep" src="data/a.png" x="2" y="1" opacity="0.5"/>
  </stack>
  <layer name="grey" src="data/b.png" composite-op="krita:nonsense"/>
  <layer name="text" />
  <layer name="low" src="data/c.png" visibility="hidden"/>
</stack></image>"""


def foreign(path: Path) -> None:
    """As MyPaint, GIMP and Krita write: deflated, 16 bits, grey, palette, offsets in groups."""
    deep = np.full((9, 8), 40_000, np.uint16)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "image/openraster", zipfile.ZIP_STORED)
        archive.writestr("stack.xml", STACK)
        archive.writestr("data/a.png", png(np.full((5, 6, 4), (200, 100, 50, 128), np.uint8)))
        archive.writestr("data/b.png", png(deep))
        archive.writestr("data/c.png", png(np.full((5, 6, 3), 7, np.uint8), "P"))


def test_files_of_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "theirs.ora"
    foreign(path)
    loaded = load(path)
    low, grey, group = loaded.document.layers
    (deep,) = group.children
    assert (deep.transform.dx, deep.transform.dy, deep.opacity) == (5, 5, 0.5)
    assert (group.blend, low.visible, grey.blend) == ("multiply", False, "normal")
    assert deep.tiles is not None
    assert grey.tiles is not None
    assert tuple(deep.tiles.to_array()[0, 0]) == (25, 50, 100, 128)
    assert tuple(grey.tiles.to_array()[0, 0]) == (156, 156, 156, 255)
    assert codes(loaded) == ["unknown-mode", "unsupported-layer"]
    assert loaded.saved is None


def test_other_programs_pngs_can_be_read_in_a_process_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "theirs.ora"
    foreign(path)
    with Decoder() as decoder:
        apart = load(path, png=isolated(decoder)).document
    here = load(path).document
    assert [layer.name for layer in apart.walk()] == [layer.name for layer in here.walk()]
    for one, other in zip(apart.walk(), here.walk(), strict=True):
        if one.tiles is not None and other.tiles is not None:
            off = one.tiles.to_array().astype(int) - other.tiles.to_array()
            assert abs(off).max() <= 1  # sixteen bits are dithered there


@pytest.mark.parametrize("code", ["no-memory", "reader-missing"])
def test_a_layer_that_nobody_could_try_to_read_is_not_lost(tmp_path: Path, code: str) -> None:
    """Opened without it, the next save would lose it for good."""
    path = tmp_path / "theirs.ora"
    foreign(path)
    with Decoder() as decoder, pytest.MonkeyPatch.context() as patch:

        def refuse(*_: object, **__: object) -> None:
            raise Problem("Not now.", code=code)

        patch.setattr(decoder, "decode", refuse)
        with pytest.raises(Problem) as caught:
            load(path, png=isolated(decoder))
    assert caught.value.code == code


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """A layer may be called by a photo's file, whose name on Linux may be any bytes."""
    name = "caf\udce9 “\n\U0001f60a"
    layer = Layer("photo", name, PixelContent(Tiles.from_array(photo(600, 500))))
    path, _, _ = saved(tmp_path, Document(Size(600, 500), (layer,)))
    assert load(path).document.layers[0].name == name


def test_a_big_layer_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "big.ora"
    foreign(path)
    bomb = bytearray(png(np.zeros((5, 6, 3), np.uint8)))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    rewrite(path, {"data/a.png": bytes(bomb)})
    with pytest.raises(Problem) as caught:
        load(path)
    assert caught.value.code == "project-too-big"


def test_a_faded_group_that_others_would_isolate_is_baked(tmp_path: Path) -> None:
    _, doc, last = saved(tmp_path)
    assert last.unshared == ("odd mode", "Gruppe")
    full = doc.replace_layer("group", lambda layer: replace(layer, opacity=1.0))
    assert saved(tmp_path, full)[2].unshared == ("odd mode",)
