# SPDX-License-Identifier: Apache-2.0
"""Project files whose saving was cut short, that are damaged, or that were made to do harm."""

from __future__ import annotations

import errno
import json
import os
import random
import stat
import struct
import sys
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prodedit.core.document import Document
from prodedit.core.problem import Problem
from prodedit.files.openraster import save
from prodedit.files.openraster_read import Loaded, load, load_preview
from prodedit.files.openraster_zip import Members
from tests.faults.disturbed import ERRORS, failing
from tests.faults.forking import answer
from tests.faults.killed_projects import Whole
from tests.projects import Baker, differences, document

pytestmark = pytest.mark.faults

SECONDS = float(os.environ.get("PRODEDIT_FAULT_SECONDS", "2"))
LONG = SECONDS >= 30
ROOT = Path(__file__).parents[2]


def killed(what: str, how: str, folder: Path, amount: int) -> dict[str, Any]:
    found: dict[str, Any] = answer("tests.faults.killed_projects", what, how, folder, amount)
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Document]:
    path = tmp_path_factory.mktemp("project") / "a.ora"
    doc = document(600, 560)
    save(doc, path, Baker(doc))
    return path, doc


def test_killed_at_calls_of_a_save(tmp_path: Path) -> None:
    found = killed("calls", "good", tmp_path, 400 if LONG else 40)
    assert found["tried"] >= min(40, found["calls"])
    assert all(found["outcomes"])


def test_killed_at_random_while_saving(tmp_path: Path) -> None:
    kills = 200 if LONG else 20
    found = killed("random", "good", tmp_path, kills)
    assert len(found["outcomes"]) == kills
    assert all(found["outcomes"])


def test_the_broken_writer_is_caught(tmp_path: Path) -> None:
    found = killed("calls", "broken", tmp_path, 10)
    assert not all(found["outcomes"])


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_an_error_at_calls_of_a_save(tmp_path: Path, number: int) -> None:
    path = tmp_path / "a.ora"
    old, new = document(300, 270), document(310, 270)
    counted = Whole()
    save(new, path, Baker(new), system=counted)
    calls = len(counted.calls)
    step = 1 if LONG else max(1, calls // 10)
    save(old, path, Baker(old))
    for at in [*range(0, calls, step), calls - 4, calls - 3, calls - 2]:
        system = Whole(at, failing(number))
        with pytest.raises(Problem):
            save(new, path, Baker(new), system=system)
        assert [entry.name for entry in tmp_path.iterdir()] == ["a.ora"], system.calls[-1]
        assert differences(load(path).document, old) == [], system.calls[-1]
    save(new, path, Baker(new))
    assert differences(load(path).document, new) == []


def flipped(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 3, 50))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def zeroed(data: bytearray, chance: random.Random) -> None:
    start, length = chance.randrange(len(data)), chance.choice((1, 100, 5000))
    data[start : start + length] = bytes(len(data[start : start + length]))


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def repeated(data: bytearray, chance: random.Random) -> None:
    start, length = chance.randrange(len(data)), chance.choice((1, 100, 5000))
    data[start:start] = data[start : start + length]


def layers_kept(doc: Document, loaded: Loaded) -> tuple[int, int]:
    """(layers as they were, layers that are different though nobody said so)."""
    named = {note.layer for note in loaded.notes if note.layer}
    told = {note.code for note in loaded.notes} & {"lost-description", "cut-file"}
    kept, silent = 0, 0
    for layer in doc.walk():
        found = loaded.document.find(layer.id)
        if found is None:
            silent += layer.name not in named and not told
            continue
        alone = [Document(doc.size, (one,)) for one in (layer, found)]
        same = not differences(*alone)
        kept += same
        inside = {child.name for child in layer.walk()}
        silent += not same and not (inside & named) and not told
    return kept, silent


@pytest.mark.parametrize("damage", [flipped, zeroed, cut, repeated])
def test_damaged_files(project: tuple[Path, Document], tmp_path: Path, damage: Any) -> None:
    path, doc = project
    whole, all_layers = path.read_bytes(), len(list(doc.walk()))
    opened, kept = 0, 0
    rounds = 250 if LONG else 25
    for seed in range(rounds):
        data = bytearray(whole)
        damage(data, random.Random(seed))
        broken = tmp_path / "broken.ora"
        broken.write_bytes(data)
        began = time.monotonic()
        try:
            loaded = load(broken)
        except Problem:
            continue
        finally:
            assert time.monotonic() - began < 60
        opened += 1
        same, silent = layers_kept(doc, loaded)
        assert silent == 0, f"seed {seed}: {loaded.notes}"
        kept += same
    floor = {flipped: 0.9, zeroed: 0.7, cut: 0.5, repeated: 0.0}[damage]
    assert opened >= floor * rounds
    if damage is flipped:  # up to fifty flips, and a group counts as hit with what is in it
        assert kept >= 0.6 * opened * all_layers


@pytest.mark.parametrize(
    "name",
    ["../evil.png", "/etc/evil", "a/../../evil", "C:evil.png", "data\\..\\evil", "a\x01b", "./a"],
)
def test_names_that_lead_out(project: tuple[Path, Document], tmp_path: Path, name: str) -> None:
    path = tmp_path / "slip.ora"
    path.write_bytes(project[0].read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"evil")
    refused(path)


def test_a_nul_in_a_name(tmp_path: Path) -> None:
    path = tmp_path / "nul.ora"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stackXxml", b"<image/>")
    path.write_bytes(path.read_bytes().replace(b"stackXxml", b"stack\x00xml"))
    refused(path)


def test_a_name_twice(project: tuple[Path, Document], tmp_path: Path) -> None:
    path = tmp_path / "twice.ora"
    path.write_bytes(project[0].read_bytes())
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("stack.xml", b"<image/>")
    refused(path)


def test_a_link(tmp_path: Path) -> None:
    path = tmp_path / "link.ora"
    link = zipfile.ZipInfo("data/a.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    refused(path)


def test_encrypted_members(tmp_path: Path) -> None:
    path = tmp_path / "secret.ora"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stack.xml", b"<image/>")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    refused(path)


def test_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ora"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stack.xml", bytes(40 << 20))
    refused(path)


def test_a_bomb_that_keeps_the_ratio_costs_no_memory(
    project: tuple[Path, Document], tmp_path: Path
) -> None:
    """A small picture's name and head, and 160 times as many bytes behind it."""
    path = tmp_path / "slow.ora"
    with zipfile.ZipFile(project[0]) as theirs, zipfile.ZipFile(path, "w") as archive:
        for info in theirs.infolist():
            data = theirs.read(info)
            if info.filename.startswith("data/"):
                body = data[:64] + bytes(128 << 20) + random.Random(1).randbytes(800_000)
                archive.writestr(info.filename, body, zipfile.ZIP_DEFLATED, 1)
            else:
                archive.writestr(info.filename, data)
    tracemalloc.start()
    try:
        opened_or_refused(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 64 << 20


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("length", [0, 1, 1 << 20, (1 << 20) + 258, 5_000_000])
def test_members_are_checked_piece_by_piece(tmp_path: Path, packing: int, length: int) -> None:
    path = tmp_path / "a.zip"
    data = random.Random(2).randbytes(length // 100 + 1) * 100
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("a", data[:length])
    with Members(path) as members:
        assert members.is_intact("a")
        assert members.head("a", 10) == data[: min(10, length)]
        assert not members.is_intact("b")
    if length:
        spoiled = bytearray(path.read_bytes())
        spoiled[30 + 1 + length // 300] ^= 0x40
        path.write_bytes(spoiled)
        with Members(path) as members:
            assert not members.is_intact("a")


def test_too_many_members(tmp_path: Path) -> None:
    path = tmp_path / "many.ora"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")
    refused(path)


XMLS = {
    "laughs": b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><image w="9" h="9">'
    b'<stack><layer name="&c;" src="a"/></stack></image>',
    "outside": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><image w="9" h="9">'
    b'<stack><layer name="&b;"/></stack></image>',
    "dtd": b'<!DOCTYPE image SYSTEM "http://example.com/a.dtd"><image w="9" h="9"><stack/></image>',
    "deep": b'<image w="9" h="9">' + b"<stack>" * 50_000 + b"</stack>" * 50_000 + b"</image>",
    "huge": b'<image w="999999999" h="999999999"><stack><layer name="a" src="a"/></stack></image>',
    "negative": b'<image w="-5" h="9"><stack/></image>',
    "no xml": b"\xff\xfe\x00nonsense",
}


@pytest.mark.parametrize("which", XMLS)
def test_hostile_stacks(tmp_path: Path, which: str) -> None:
    path = tmp_path / "stack.ora"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", XMLS[which])
    refused(path)


JSONS = {
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep groups": json.dumps({"version": 1, "layers": None}).encode(),
    "number": b"7",
    "infinite": b'{"type":"document","width":9,"height":9,"layers":[{"type":"layer","id":"a",'
    b'"name":"","content":{"type":"group","layers":[]},"transform":[1,0,0,1,NaN,Infinity]}]}',
    "huge": b'{"type":"document","width":999999,"height":999999,"layers":[]}',
}


@pytest.mark.parametrize("which", JSONS)
def test_hostile_descriptions(project: tuple[Path, Document], tmp_path: Path, which: str) -> None:
    path = tmp_path / "json.ora"
    with zipfile.ZipFile(project[0]) as theirs, zipfile.ZipFile(path, "w") as archive:
        for info in theirs.infolist():
            is_ours = info.filename == "prodedit/document.json"
            archive.writestr(info.filename, JSONS[which] if is_ours else theirs.read(info))
    opened_or_refused(path)


def test_strips_that_unpack_to_more_than_due(tmp_path: Path) -> None:
    """A deflate bomb within our own kind of PNG costs no more memory than the picture it claims."""
    from prodedit.core.geometry import Size
    from prodedit.files.strip_index import index_of, read_tiles
    from prodedit.files.strips import Kind, Strip, assemble

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(bytes(200 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    png = b"".join(assemble(Size(10, 10), Kind.RGBA, [Strip(bomb, 410, 1)]))
    index = index_of(png)
    assert index is not None
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        tiles, damaged = read_tiles(png, index, pool)
    assert damaged == (0,)
    assert not tiles.blocks


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x05\x06" + bytes(18), random.Random(3).randbytes(5000)]
)
def test_no_project_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.ora"
    path.write_bytes(content)
    refused(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.ora"):
        with pytest.raises(Problem):
            load(path)


def test_a_size_that_only_the_central_directory_claims(tmp_path: Path) -> None:
    path = tmp_path / "liar.ora"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stack.xml", b"<image/>")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", 1 << 30, 1 << 30)
    path.write_bytes(data)
    refused(path)


class Watch:
    """Which files were opened meanwhile."""

    def __init__(self) -> None:
        self.is_on = False
        self.opened: list[str] = []

    def __call__(self, event: str, details: Any) -> None:
        if self.is_on and event == "open" and isinstance(details[0], str):
            self.opened.append(details[0])


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    found = Watch()
    sys.addaudithook(found)
    yield found
    found.is_on = False


def test_no_other_file_is_touched(
    project: tuple[Path, Document], tmp_path: Path, watch: Watch
) -> None:
    path = tmp_path / "a.ora"
    path.write_bytes(project[0].read_bytes())
    load(path)  # whatever is imported late is imported now
    watch.is_on = True
    load(path)
    load_preview(path)
    watch.is_on = False
    assert set(watch.opened) == {str(path)}


def refused(path: Path) -> None:
    for read in (load, load_preview):
        with pytest.raises(Problem) as caught:
            read(path)  # type: ignore[operator]
        assert len(str(caught.value)) < 400
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def opened_or_refused(path: Path) -> None:
    try:
        notes = load(path).notes
    except Problem:
        return
    assert notes
