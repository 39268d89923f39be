# SPDX-License-Identifier: Apache-2.0
"""Collect the texts of the sources into the .ts file, and make the .qm that the window loads.

Run by `make translations` after a text was added or changed. What is new stands in the .ts as
unfinished, until somebody writes it in Chinese; tests/gui/test_translation.py says which.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
MARK_ALIAS = "QT_TRANSLATE_NOOP+=_T"
"""Tables of many texts call the mark by a short name."""


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        texts = FOLDER / f"prodedit_{language}.ts"
        collect(texts, language)
        compile_texts(texts, texts.with_suffix(".qm"))
    return 0


def collect(texts: Path, language: str) -> None:
    """Bring `texts` up to date with the sources: new ones in, vanished ones out."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "prodedit").rglob("*.py"))
    options = ["-tr-function-alias", MARK_ALIAS, "-locations", "none", "-no-obsolete"]
    options += ["-disable-heuristic", "similartext"]  # a text that moved keeps its translation
    options += ["-source-language", "en", "-target-language", language]
    _run("pyside6-lupdate", *sources, *options, "-ts", str(texts))


def compile_texts(texts: Path, compiled: Path) -> None:
    """Beside its place first: a window that is open reads from the old one as from memory."""
    new = compiled.with_suffix(".new.qm")
    try:
        _run("pyside6-lrelease", "-silent", str(texts), "-qm", str(new))
        new.replace(compiled)
    finally:
        new.unlink(missing_ok=True)


def _run(tool: str, *arguments: str) -> None:
    """Raises CalledProcessError. The tools come with Qt, in the same environment as Python."""
    program = Path(sysconfig.get_path("scripts")) / tool
    subprocess.run([str(program), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
