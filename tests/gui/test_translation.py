# SPDX-License-Identifier: Apache-2.0
"""Every text of the window is there in Chinese, whole, and is what the window shows."""

import ast
import re
import shutil
import subprocess
import sysconfig
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from pytestqt.qtbot import QtBot

from prodedit.core.problem import Problem
from prodedit.data_files import resources_folder
from prodedit.gui.actions import MENUS, tooltip
from prodedit.gui.actions import Entry as Action
from prodedit.gui.translation import chosen_language, problem_text

ROOT = Path(__file__).resolve().parents[2]
TEXTS = resources_folder() / "translations" / "prodedit_zh_CN.ts"
COMPILED = TEXTS.with_suffix(".qm")
MARKS = ("QT_TRANSLATE_NOOP", "_T", "translate")
TOLD = {"Problem": 0, "report": 1}
"""Calls that are handed a marked text, and which of their arguments it is."""

ENGLISH = "prodedit/cli/"
"""The command line speaks English only."""


class Text(NamedTuple):
    """A text as it stands in the sources, and the context it is looked up in."""

    context: str
    source: str


class Entry(NamedTuple):
    text: Text
    translation: str
    finished: bool


class _Reader(ast.NodeVisitor):
    """Collects the marked texts of one file, and calls whose text nobody could collect."""

    def __init__(self, path: Path) -> None:
        self.texts: list[Text] = []
        self.astray: list[str] = []
        self._path = path
        self._classes: list[str] = []
        self.visit(ast.parse(path.read_text("utf-8")))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name == "tr":
            self._take(node, self._classes[-1], node.args[0])
        elif name in MARKS and len(node.args) == 2 and isinstance(node.args[0], ast.Constant):
            self._take(node, str(node.args[0].value), node.args[1], strict=name != "translate")
        elif name in TOLD and len(node.args) > TOLD[name] and _is_spelt_out(node.args[TOLD[name]]):
            self._stray(node)
        self.generic_visit(node)

    def _take(self, call: ast.Call, context: str, text: ast.expr, *, strict: bool = True) -> None:
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            self.texts.append(Text(context, text.value))
        elif strict or isinstance(text, ast.JoinedStr | ast.BinOp):
            self._stray(call)

    def _stray(self, node: ast.Call) -> None:
        self.astray.append(f"{self._path.relative_to(ROOT)}:{node.lineno}")


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_spelt_out(text: ast.expr) -> bool:
    """Text made on the spot: it went past the marks, so that it stays English."""
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str) and bool(text.value)
    return isinstance(text, ast.JoinedStr | ast.BinOp)


def _root(texts: Path) -> ET.Element:
    return ET.fromstring(texts.read_bytes())  # noqa: S314 - our own file


def _readers() -> Iterator[_Reader]:
    return (_Reader(path) for path in sorted((ROOT / "prodedit").rglob("*.py")))


@pytest.fixture(scope="module")
def sources() -> frozenset[Text]:
    return frozenset(text for reader in _readers() for text in reader.texts)


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    found = []
    for context in _root(TEXTS).iter("context"):
        for message in context.iter("message"):
            text = Text(context.findtext("name", ""), message.findtext("source", ""))
            translation = message.find("translation")
            assert translation is not None
            finished = translation.get("type") is None and bool(translation.text)
            found.append(Entry(text, translation.text or "", finished))
    return tuple(found)


@pytest.fixture
def chinese(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    translator = QTranslator()
    assert translator.load(str(COMPILED))
    assert QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_every_text_can_be_collected() -> None:
    """No f-string, sum or variable where a text is marked, no unmarked Problem or report."""
    astray = [place for reader in _readers() for place in reader.astray]
    assert [place for place in astray if not place.startswith(ENGLISH)] == []


def test_the_collector_sees_the_texts(sources: frozenset[Text]) -> None:
    """Guards the tests below: they would pass on nothing."""
    assert {text.context for text in sources} >= {
        "Problem", "Note", "Edit", "Task", "Action", "Menu", "BlendMode", "Tool", "Progress",
        "Reason", "CutoutSection", "KeyList",
    }  # fmt: skip
    assert len(sources) > 350


def test_every_text_stands_in_the_file(
    sources: frozenset[Text], entries: tuple[Entry, ...]
) -> None:
    missing = sources - {entry.text for entry in entries}
    assert sorted(missing) == [], "run `make translations`, then write the new texts in Chinese"


def test_nothing_stands_in_the_file_that_is_gone(
    sources: frozenset[Text], entries: tuple[Entry, ...]
) -> None:
    assert sorted({entry.text for entry in entries} - sources) == []


def test_every_text_is_finished(entries: tuple[Entry, ...]) -> None:
    assert [entry.text for entry in entries if not entry.finished] == []


def test_placeholders_are_the_same(entries: tuple[Entry, ...]) -> None:
    written = [entry for entry in entries if entry.finished]
    wrong = [e for e in written if _fields(e.text.source) != _fields(e.translation)]
    assert wrong == []


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_a_thing_has_one_chinese_name_in_menus_history_and_panels(
    entries: tuple[Entry, ...],
) -> None:
    names: dict[str, set[str]] = {}
    for text, translation, _ in entries:
        if text.context in ("Action", "Adjust", "Adjustment", "Edit"):
            name = re.sub(r"（LUT）", "", tooltip(translation, ())).rstrip("…")
            names.setdefault(tooltip(text.source, ()).rstrip("…"), set()).add(name)
    assert {english: found for english, found in names.items() if len(found) > 1} == {}


def test_mnemonics_and_dots_are_kept(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        source, translation = entry.text.source, entry.translation
        assert ("&" in source) == ("&" in translation), entry
        assert source.endswith("…") == translation.endswith("…"), entry
        if "&" in source:
            assert re.search(r"\(&[A-Z0-9]\)[…：]?$", translation), entry


def test_every_mnemonic_opens_one_thing(entries: tuple[Entry, ...]) -> None:
    """In both languages: within the menu bar, and within each menu."""
    chinese = {entry.text: entry.translation for entry in entries}
    bars = [("Menu", list(MENUS))]
    menus = [
        ("Action", [*(e.text for e in menu if e.id and e.menu == title), *_titles(menu, title)])
        for menu in MENUS.values()
        for title in {e.menu for e in menu}
    ]
    for context, texts in bars + menus:
        for shown in (texts, [chinese[Text(context, text)] for text in texts]):
            keys = [re.search("&(.)", text) for text in shown]
            letters = [key[1].lower() for key in keys if key]
            assert sorted(set(letters)) == sorted(letters), shown


def _titles(menu: tuple[Action, ...], title: str) -> set[str]:
    """Of the submenus that stand in it beside what is in no submenu."""
    return set() if title else {e.menu for e in menu if e.menu}


SAME_IN_BOTH = {" MB", "eBay", "Etsy", "Google Merchant", "Shopify"}
"""A unit, and platforms that have no Chinese name."""


def test_chinese_is_written_as_chinese(entries: tuple[Entry, ...]) -> None:
    """Han characters where there are words, and Chinese commas and stops between them."""
    for entry in filter(lambda entry: entry.finished, entries):
        words = re.sub(r"\{\w+\}", "", entry.text.source)
        if re.search("[a-zA-Z]{2}", words) and entry.text.source not in SAME_IN_BOTH:
            assert any(unicodedata.name(c, "").startswith("CJK") for c in entry.translation), entry
        assert not re.search("[\u4e00-\u9fff][,;:!?.](?![a-z])", entry.translation), entry
        assert not re.search("[\u4e00-\u9fff]  +|  +[\u4e00-\u9fff]", entry.translation), entry
        assert entry.text.source.endswith(".") == entry.translation.endswith("。"), entry


def _tool(name: str) -> str:
    found = shutil.which(name, path=sysconfig.get_path("scripts"))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_the_compiled_file_is_up_to_date(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    tool = _tool("pyside6-lrelease")
    subprocess.run([tool, "-silent", str(TEXTS), "-qm", str(fresh)], check=True, timeout=60)
    assert fresh.read_bytes() == COMPILED.read_bytes(), "run `make translations`"


def test_qts_own_collector_agrees(tmp_path: Path, entries: tuple[Entry, ...]) -> None:
    """lupdate finds what the file holds: a mark that only our test understands helps nobody."""
    copy = tmp_path / "fresh.ts"
    files = [str(path) for path in sorted((ROOT / "prodedit").rglob("*.py"))]
    alias = ("-tr-function-alias", "QT_TRANSLATE_NOOP+=_T")
    command = [_tool("pyside6-lupdate"), *files, *alias, "-locations", "none", "-ts", str(copy)]
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    fresh = {
        Text(context.findtext("name", ""), message.findtext("source", ""))
        for context in _root(copy).iter("context")
        for message in context.iter("message")
    }
    assert fresh == {entry.text for entry in entries}


@pytest.mark.usefixtures("chinese")
def test_a_problem_is_told_in_chinese_with_its_reason() -> None:
    full = Problem(
        "The model could not be stored in {folder}: {why}.",
        folder="D:",
        why="No space left on device",
    )
    assert problem_text(full) == "模型没能存到 D:：磁盘已满。"


@pytest.mark.usefixtures("chinese")
def test_a_reason_that_nobody_translated_is_still_told() -> None:
    odd = Problem("“{file}” can't be read: {why}.", file="a.ora", why="wire type 7")
    assert problem_text(odd) == "“a.ora”读不了：wire type 7。"


def test_tooltips_lose_the_mnemonic_in_both_languages() -> None:
    assert tooltip("&Open…", ("Ctrl+O",)) == "Open (Ctrl+O)"
    assert tooltip("打开(&O)…", ("Ctrl+O",)) == "打开 (Ctrl+O)"
    assert tooltip("Actual &pixels (100 %)", ()) == "Actual pixels (100 %)"


def test_a_language_set_by_hand_wins() -> None:
    assert chosen_language("en") == "en"
    assert chosen_language("zh_CN") == "zh_CN"
    assert chosen_language("system") in ("en", "zh_CN")
