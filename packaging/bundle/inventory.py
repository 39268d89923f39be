# SPDX-License-Identifier: Apache-2.0
"""What a finished bundle consists of: libraries, networks, libraries of the system; with the texts
of their licences, and as a list for programs (CycloneDX 1.6)."""

from __future__ import annotations

import ast
import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import parts

HERE = Path(__file__).resolve().parent
TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|third.?party|copyright)", re.IGNORECASE)
SPDX = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")
CLASSIFIER = "License :: OSI Approved :: "
# What their packages do not say in a form for programs.
KNOWN = {"numpy": "BSD-3-Clause", "PySide6_Essentials": "LGPL-3.0-only", "pi_heif": "LGPL-3.0-only"}
KNOWN |= {"pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception"}
KNOWN |= {"shiboken6": "LGPL-3.0-only", "opencv-python-headless": "Apache-2.0"}


class Part(NamedTuple):
    """One thing in the bundle that somebody else made. `texts`: the files of its licence."""

    name: str
    version: str
    licence: str
    purl: str = ""
    texts: tuple[Path, ...] = ()
    sha256: str = ""
    kind: str = "library"


def sources(work: Path) -> set[Path]:
    """Where the files of the bundle came from, by the tables of PyInstaller's working folder."""
    found: set[Path] = set()
    for table in ("COLLECT-00.toc", "PYZ-00.toc"):
        tree = ast.parse((work / table).read_text("utf-8"), mode="eval")
        words = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        found |= {
            Path(word) for word in words if isinstance(word, str) and Path(word).is_absolute()
        }
    return found


def distributions(files: Iterable[Path]) -> list[Part]:
    """The wheels that any of the files belong to."""
    wanted = {path.resolve() for path in files}
    found = {}
    for known in metadata.distributions():
        name = known.metadata["Name"]
        own = {Path(str(file.locate())).resolve(): file for file in known.files or ()}
        if name == "prodedit" or not wanted & own.keys():
            continue
        texts = tuple(sorted(path for path in own if TEXT.search(path.name) and _is_text(path)))
        purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{known.version}"
        found[name] = Part(name, known.version, _licence(known, name), purl, texts)
    return sorted(found.values())


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix not in (".py", ".pyc", ".so", ".h", ".json")


def _licence(known: metadata.Distribution, name: str) -> str:
    said = known.metadata.get("License-Expression") or KNOWN.get(name)
    if said:
        return said
    classes = [
        word.removeprefix(CLASSIFIER)
        for word in known.metadata.get_all("Classifier") or ()
        if word.startswith(CLASSIFIER)
    ]
    short = (known.metadata.get("License") or "").strip().splitlines()
    return ", ".join(classes) or (short[0] if short else "see the texts")


def system_packages(files: Iterable[Path]) -> list[Part]:
    """Debian's packages of those files that lie in the system's folders."""
    if sys.platform != "linux" or not shutil.which("dpkg-query"):
        return []
    here = [path for path in files if path.is_relative_to("/usr") or path.is_relative_to("/lib")]
    names = sorted({name for path in here for name in _owner(path)})
    return [_package(name) for name in names]


def _owner(path: Path) -> list[str]:
    for place in (path, Path("/usr") / path.relative_to("/"), path.resolve()):
        told = subprocess.run(
            ["dpkg-query", "--search", str(place)], capture_output=True, text=True, check=False
        )
        if told.returncode == 0:
            return [told.stdout.split(":")[0]]
    return []


def _package(name: str) -> Part:
    words = ["dpkg-query", "--show", "--showformat=${Version}\n", name]
    version = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[0]
    text = Path("/usr/share/doc") / name / "copyright"
    texts = (text,) if text.is_file() else ()
    return Part(name, version, "see the texts", f"pkg:deb/debian/{name}@{version}", texts)


def python() -> Part:
    """The interpreter."""
    version = platform.python_version()
    place = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    texts = (place,) if place.is_file() else ()
    return Part("Python", version, "PSF-2.0", f"pkg:generic/python@{version}", texts)


def networks() -> Iterator[Part]:
    """Each file of each network."""
    sys.path.insert(0, str(parts.ROOT))
    from prodedit.data_files import models_folder
    from prodedit.engine.cards import read_cards

    for name, card in sorted(read_cards(models_folder()).items()):
        for file in card.files:
            told = f"{name}/{file.name}"
            yield Part(told, "1", card.licence, "", (), file.sha256, "machine-learning-model")


def inventory(work: Path) -> list[Part]:
    """All of it, for the bundle that was made in that working folder."""
    files = sources(work)
    return [python(), *distributions(files), *system_packages(files), *networks()]


def write_licences(found: Iterable[Part], folder: Path, origins: dict[str, str]) -> None:
    """A folder for each part, and a list of all. origins: of networks, by id."""
    folder.mkdir(parents=True)
    shutil.copy(parts.ROOT / "LICENSE", folder / "ProdEdit.txt")
    shutil.copytree(HERE / "licences", folder / "Qt")
    lines = ["What ProdEdit consists of, and under which licences. The texts: one folder each.", ""]
    for part in found:
        lines.append(f"{part.name} {part.version}: {part.licence}")
        for number, text in enumerate(part.texts):
            place = folder / part.name.replace("/", "-")
            place.mkdir(exist_ok=True)
            name = text.name if not (place / text.name).exists() else f"{number}-{text.name}"
            (place / name).write_bytes(text.read_bytes())
    lines += ["", "The networks, by whom they are:", ""]
    lines += [f"{name}: {origin}" for name, origin in sorted(origins.items())]
    (folder / "LIST.txt").write_text("\n".join(lines) + "\n", "utf-8")


def sbom(found: Iterable[Part], version: str, made: str) -> dict[str, Any]:
    """CycloneDX 1.6. made: the time, in ISO 8601. The same parts give the same number."""
    components = [_component(part) for part in found]
    text = json.dumps([version, components], sort_keys=True)
    number = uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(text.encode()).hexdigest())
    own = {"type": "application", "bom-ref": "prodedit", "name": "ProdEdit", "version": version}
    own["licenses"] = [{"license": {"id": "Apache-2.0"}}]  # type: ignore[assignment]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"timestamp": made, "component": own},
        "components": components,
        "dependencies": [
            {"ref": "prodedit", "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }


def _component(part: Part) -> dict[str, Any]:
    ref = part.purl or f"{part.kind}:{part.name}"
    told: dict[str, Any] = {"type": part.kind, "bom-ref": ref, "name": part.name}
    told |= {"version": part.version}
    if SPDX.fullmatch(part.licence):
        told["licenses"] = [{"expression": part.licence}]
    else:
        told["licenses"] = [{"license": {"name": part.licence}}]
    if part.purl:
        told["purl"] = part.purl
    if part.sha256:
        told["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    return told
