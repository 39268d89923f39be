# SPDX-License-Identifier: Apache-2.0
"""A layer and what is clipped to it are one picture for other programs; what becomes of them when
such a program changes that picture, or the order of the layers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from prodedit.core.document import Document
from prodedit.core.geometry import Size
from prodedit.core.layer import Colour, FillContent, GroupContent, Layer, Mask, SolidFill
from prodedit.core.tiles import Pixels, Tiles
from prodedit.files.openraster_read import load
from prodedit.render.compositor import Compositor
from prodedit.render.project import save_project
from tests.files.test_openraster import codes, members, png, rewrite
from tests.pictures import layer_of, random_opaque

SIZE = Size(300, 200)


def picture() -> Document:
    rng = np.random.default_rng(8)
    alpha = np.zeros((200, 300), np.uint8)
    alpha[40:160, 60:240] = 255
    base = layer_of(random_opaque(rng, 300, 200), "base")
    base = replace(base, mask=Mask(Tiles.from_array(alpha)), opacity=0.75)
    on = layer_of(random_opaque(rng, 300, 200), "on", clip=True, blend="multiply")
    white = Layer("white", "white", FillContent(SolidFill(Colour(255, 255, 255))))
    return Document(SIZE, (white, base, on))


def shown(document: Document) -> Pixels:
    return Compositor().merged(document)


def saved(tmp_path: Path) -> tuple[Path, Document]:
    path, document = tmp_path / "a.ora", picture()
    save_project(document, path)
    return path, document


def test_their_picture_replaces_all_of_it_and_ours_stay_hidden(tmp_path: Path) -> None:
    path, document = saved(tmp_path)
    theirs = np.full((120, 180, 4), (10, 20, 30, 255), np.uint8)
    rewrite(path, {"data/001.png": png(theirs)})
    loaded = load(path)
    assert codes(loaded) == ["changed-clips"]
    assert "base" in str(loaded.notes[0])
    found = shown(loaded.document)[100, 150].astype(int)
    assert np.abs(found - (30 * 0.75 + 64, 20 * 0.75 + 64, 10 * 0.75 + 64, 255)).max() <= 2
    kept = next(one for one in loaded.document.walk() if isinstance(one.content, GroupContent))
    assert not kept.visible
    assert [one.id for one in kept.children] == ["base", "on"]
    group = replace(kept, visible=True)
    white = loaded.document.find("white")
    assert white is not None
    again = Document(SIZE, (white, *group.children))
    assert (shown(again) == shown(document)).all()


def test_another_order_keeps_the_picture_and_what_is_clipped(tmp_path: Path) -> None:
    path, document = saved(tmp_path)
    stack = members(path)["stack.xml"].decode()
    assert 'name="white"' in stack
    rewrite(path, {"stack.xml": stack.replace('name="white"', 'name="wall"').encode()})
    loaded = load(path)
    assert codes(loaded) == ["changed-stack"]
    assert np.abs(shown(loaded.document).astype(int) - shown(document)).max() <= 1
    clipped = loaded.document.find("on")
    assert clipped is not None
    assert clipped.clip
