# SPDX-License-Identifier: Apache-2.0
"""Presets as files: what can be used is read as it was written, what can't is told."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from prodedit.core import presets
from prodedit.core.presets import QUESTIONS, RULES, Ask, Making, OneOf, Preset, Window
from prodedit.core.problem import Problem

FROM = {"source": "a page", "date": "2026-11", "confidence": "official"}
MAKING = Making(size=(800, 800), least=700, bytes=(1000, 5000))
PRESET = Preset(
    name="Mine",
    platform="Shop",
    making=MAKING,
    rules=(
        Window(rule="bytes", low=1, high=5000, **FROM),
        Window(rule="bytes", high=1000, weight="advice", **FROM),
        OneOf(rule="format", among=("JPEG",), **FROM),
        Ask(rule="frontal", **FROM),
    ),
)
BUILT_IN = sorted((Path(__file__).parents[2] / "resources" / "presets").glob("*.json"))


def changed(**fields: object) -> bytes:
    return json.dumps({**msgspec.to_builtins(PRESET), **fields}).encode()


def test_what_is_written_is_read_again() -> None:
    data = presets.to_bytes(PRESET)
    assert presets.from_bytes(data) == PRESET
    assert b"\n" in data, "a person reads it"


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_the_program_s_own_agree_with_themselves(path: Path) -> None:
    """What a preset makes is what its rules demand, as far as that can be told without a photo."""
    preset = presets.from_bytes(path.read_bytes())
    making = preset.making
    assert re.fullmatch(r"[a-z0-9-]+", path.stem)
    must = {r.rule: r for r in preset.rules if isinstance(r, Window) and r.weight == "must"}
    words = {r.rule: r for r in preset.rules if isinstance(r, OneOf) and r.weight == "must"}
    width, height = making.size
    made = {
        "width": width, "height": height, "long-side": max(width, height),
        "short-side": min(width, height), "sides-sum": width + height,
        "megapixels": width * height / 1e6, "aspect": width / height,
        "fill-long": making.fill, "resolution": making.resolution, "bits": 8,
    }  # fmt: skip
    if not making.exact:
        made = {name: made[name] for name in ("sides-sum", "megapixels", "bits")}
    if not making.cuts_out:
        made.pop("fill-long", None)
    for name in made.keys() & must.keys():
        low, high = must[name].low, must[name].high
        assert low is None or low <= made[name], name
        assert high is None or made[name] <= high, name
    names = {"jpeg": "JPEG", "png": "PNG"}
    assert names[making.format] in words["format"].among
    if "bytes" in must:
        assert must["bytes"].high is None or 0 < making.bytes[1] <= must["bytes"].high
        assert (must["bytes"].low or 0) <= making.bytes[0]
    if "ring-white" in must and must["ring-white"].low:
        assert making.backdrop == "#FFFFFF"


def test_there_are_presets_for_all_platforms() -> None:
    found = {presets.from_bytes(path.read_bytes()).platform for path in BUILT_IN}
    assert found == {
        "AliExpress", "Amazon", "eBay", "Etsy", "Google", "JD", "Pinduoduo", "Shopify", "Taobao",
        "Temu", "TikTok Shop", "Tmall", "Walmart",
    }  # fmt: skip
    assert {"amazon-main", "taobao-white", "jd-main"} <= {path.stem for path in BUILT_IN}


RULE = {"type": "Window", "rule": "bytes", **FROM}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-preset"),
        (b"[" * 100_000, "no-preset"),
        (b" " * (presets.MOST_BYTES + 1), "no-preset"),
        (b'{"type": "Recipe"}', "no-preset"),
        (changed(schema=2), "newer-preset"),
        (changed(rules=[{**RULE, "rule": "beauty"}]), "unknown-rule"),
        (changed(rules=[{**RULE, "rule": "format"}]), "unknown-rule"),
        (changed(rules=[{**RULE, "rule": "frontal"}]), "unknown-rule"),
        (changed(rules=[{**RULE, "date": "yesterday"}]), "unknown-value"),
        (changed(rules=[{**RULE, "confidence": "sure"}]), "unknown-value"),
        (changed(rules=[RULE] * 201), "unknown-value"),
        (changed(rules=[RULE, RULE]), "impossible-preset"),
        (changed(rules=[{**RULE, "low": 2, "high": 1}]), "impossible-preset"),
        (changed(making={**msgspec.to_builtins(MAKING), "least": 900}), "impossible-preset"),
        (changed(making={**msgspec.to_builtins(MAKING), "backdrop": "white"}), "unknown-value"),
        (
            changed(making={**msgspec.to_builtins(MAKING), "backdrop": "transparent"}),
            "impossible-preset",
        ),
        (changed(making={**msgspec.to_builtins(MAKING), "size": [10**9, 800]}), "unknown-value"),
        (changed(command="rm"), "unknown-value"),
    ],
)
def test_what_cannot_be_used_is_told(data: bytes, code: str) -> None:
    with pytest.raises(Problem) as told:
        presets.from_bytes(data)
    assert told.value.code == code
    assert str(told.value).endswith(".")


def test_every_rule_has_a_title_of_its_own() -> None:
    titles = [*(known.title for known in RULES.values()), *QUESTIONS.values()]
    assert len(set(titles)) == len(titles)
    assert presets.title(PRESET.rules[0]) == "File size"
    assert presets.title(PRESET.rules[3]).startswith("The product is seen from the front")
