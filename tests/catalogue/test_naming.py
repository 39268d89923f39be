# SPDX-License-Identifier: Apache-2.0
"""What the outputs of a batch are called: patterns, tables, names that every disk takes."""

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

import pytest

from prodedit.catalogue.batch import naming, table
from prodedit.catalogue.batch.inputs import Found
from prodedit.catalogue.batch.naming import default_pattern, parsed, safe
from prodedit.catalogue.batch.outputs import Naming, expected
from prodedit.core.problem import Problem

PRESETS = {"taobao-white": ".jpg", "tmall-transparent": ".png"}


def found(*places: str) -> list[Found]:
    return [Found(Path("/in") / place, PurePath(place)) for place in places]


def names(
    places: Sequence[str],
    pattern: str | None = None,
    target: Path = Path("/nowhere"),
    rows: Any = None,
    **more: Any,
) -> list[str]:
    suffixes = more.pop("suffixes", PRESETS)
    columns = {column for row in rows or () for column in row or ()}
    made = parsed(pattern, columns) if pattern else default_pattern(len(suffixes))
    outputs = expected(found(*places), Naming(target, made, suffixes, **more), rows)
    return [o.relative_to(target).as_posix() for each in outputs for o in each.outputs.values()]


def code_of(*arguments: Any, **named: Any) -> str:
    function, *rest = arguments
    with pytest.raises(Problem) as caught:
        function(*rest, **named)
    assert str(caught.value), "its sentence can be told"
    return caught.value.code


@pytest.mark.parametrize(
    ("pattern", "places", "wanted"),
    [
        (None, ["red/a.jpg"], ["taobao-white/red/a.jpg", "tmall-transparent/red/a.png"]),
        ("{stem}-{preset}", ["a.jpg"], ["a-taobao-white.jpg", "a-tmall-transparent.png"]),
        ("{preset}-{n}", ["b.jpg", "a.jpg"], ["taobao-white-1.jpg", "tmall-transparent-1.png",
                                            "taobao-white-2.jpg", "tmall-transparent-2.png"]),
        ("{Stem}", ["a.jpg", "a.png"], ["a-jpg.jpg", "a-jpg.png", "a-png.jpg", "a-png.png"]),
        ("x", ["a.jpg", "b.jpg"], ["x-jpg.jpg", "x-jpg.png", "x-jpg-2.jpg", "x-jpg-2.png"]),
        ("shop/{preset}/{stem}", ["r/a.jpg"], ["shop/taobao-white/r/a.jpg",
                                              "shop/tmall-transparent/r/a.png"]),
    ],
)  # fmt: skip
def test_patterns(pattern: str | None, places: list[str], wanted: list[str]) -> None:
    assert names(places, pattern) == wanted


def test_numbers_count_what_would_have_the_same_name_and_have_equal_length() -> None:
    rows = [{"sku": "A"}] * 11 + [{"sku": "B"}]
    places = [f"{number}.jpg" for number in range(12)]
    made = names(places, "{sku}_{n}", rows=rows, suffixes={"": ".jpg"})
    assert (made[0], made[10], made[11]) == ("A_01.jpg", "A_11.jpg", "B_1.jpg")


@pytest.mark.parametrize(
    "word", ["", "a//b", "../{stem}", "{stem", "stem}", "{}", "{sku}", "a/./b", "{{stem}}"]
)
def test_patterns_that_make_no_names_are_refused(word: str) -> None:
    assert code_of(parsed, word) in ("bad-pattern", "unknown-field")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("杯子 red", "杯子 red"),
        ("a:b*c?.x", "a-b-c-.x"),
        ("CON", "_CON"),
        ("com1.front", "_com1.front"),
        ("console", "console"),
        ("end. . ", "end"),
        ("...", "_"),
        (".hidden", "_hidden"),
        ("..", "_"),
        ("", "_"),
        ("half\udcff", "half-"),
        ("a\u202egpj", "a-gpj"),
    ],
)
def test_names_are_safe_on_every_disk(name: str, wanted: str) -> None:
    assert safe(name) == wanted


@pytest.mark.parametrize("letter", ["x", "ü", "杯", "😀"])
def test_long_names_stay_apart_and_fit(letter: str, tmp_path: Path) -> None:
    places = [f"{letter * 200}{end}.jpg" for end in ("", "1", "2")]
    made = names(places, "{stem}", tmp_path)
    assert len(set(made)) == 6
    for name in made:
        assert len(f"{name}.json".encode()) <= 255
        (tmp_path / name).touch()


def test_what_is_there_is_overwritten_passed_over_or_numbered(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    for existing, wanted in {
        "overwrite": ["a.jpg", "b.jpg"],
        "skip": ["b.jpg"],
        "number": ["a-2.jpg", "b.jpg"],
    }.items():
        more = {"suffixes": {"": ".jpg"}, "existing": existing}
        assert names(["a.png", "b.png"], "{stem}", tmp_path, **more) == wanted
        others = {**more, "reserved": {tmp_path / "b.jpg"}}
        made = names(["a.png", "b.png"], "{stem}", tmp_path, **others)
        assert made == [*wanted[:-1], "b-2.jpg"]


def test_an_input_is_never_an_output(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    pictures = [Found(tmp_path / "a.jpg", PurePath("a.jpg"))]
    hits = Naming(tmp_path, parsed("{stem}"), {"": ".jpg"})
    assert code_of(expected, pictures, hits) == "would-overwrite-input"
    beside = expected(pictures, hits._replace(existing="number"))
    assert beside[0].outputs == {"": tmp_path / "a-2.jpg"}


# Tables ------------------------------------------------------------------------------------------

GOODS = "文件名,SKU,gtin\n红/杯子.JPG,M-1,6901234567892\nmug,M 2,0012\n"


def written(path: Path, text: str, encoding: str = "utf-8") -> table.Table:
    path.write_bytes(text.encode(encoding))
    return table.read_table(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_all_spreadsheets(encoding: str, separator: str, tmp_path: Path) -> None:
    read = written(tmp_path / "t.csv", GOODS.replace(",", separator), encoding)
    assert read.columns == ("文件名", "sku", "gtin")
    rows = table.matched(read, found("红/杯子.jpg", "deep/MUG.png", "other.png")).rows
    assert [row and row["sku"] for row in rows] == ["M-1", "M 2", None]
    assert rows[1] is not None
    assert rows[1]["gtin"] == "0012"


def test_names_come_from_the_table(tmp_path: Path) -> None:
    read = written(tmp_path / "t.csv", GOODS.replace("M-1", "M/1"))
    pictures = ["红/杯子.jpg", "mug.png"]
    rows = table.matched(read, found(*pictures)).rows
    made = names(pictures, "{SKU}-{gtin}", rows=rows, suffixes={"": ".jpg"})
    assert made == ["红/M-1-6901234567892.jpg", "M 2-0012.jpg"]


def test_what_does_not_match_is_said(tmp_path: Path) -> None:
    read = written(tmp_path / "t.csv", GOODS)
    assert code_of(table.matched, read, found("nobody.jpg")) == "table-matches-nothing"
    some = table.matched(read, found("mug.jpg", "nobody.jpg"))
    assert some.unused == ("红/杯子.JPG",)
    pictures = found("mug.jpg", "nobody.jpg")
    assert code_of(table.check_filled, some, pictures, ["sku"], read) == "table-incomplete"
    table.check_filled(table.matched(read, pictures[:1]), pictures[:1], ["sku"], read)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-table"),
        ("file,sku\n", "no-table"),
        ("file,sku,SKU\na,b,c\n", "no-table"),
        ("\0\0\0", "no-table"),
        ("file,sku\na,1\nA,2\n", "table-twice"),
        ("file,sku\na,6.90123E+12\n", "table-shortened"),
    ],
)
def test_tables_that_are_none_or_say_two_things(text: str, code: str, tmp_path: Path) -> None:
    def used() -> None:
        read = written(tmp_path / "t.csv", text)
        pictures = found("a.jpg")
        table.check_filled(table.matched(read, pictures), pictures, ["sku"], read)

    assert code_of(used) == code
    assert code_of(table.read_table, tmp_path / "gone.csv") == "not-read"


def test_a_table_s_own_words_cannot_leave_the_folder() -> None:
    made = names(["a.jpg"], "{x}/{x}", rows=[{"x": "../../etc"}], suffixes={"": ".jpg"})
    assert made == ["_.-..-etc/_.-..-etc.jpg"]
    assert naming.safe("../x") == "_.-x"
