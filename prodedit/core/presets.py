# SPDX-License-Identifier: Apache-2.0
"""What a marketplace demands of a picture, and how one is made that fits. No pixels here.

A Preset is a file (`resources/presets/<id>.json`, or a copy of one in the person's data folder).
Each value that it demands stands with its source, the date it was read, and how far that source
may be trusted, because marketplaces change their rules without telling anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from prodedit.core import values
from prodedit.core.export_setting import HAS_ALPHA, ExportSetting, Format
from prodedit.core.geometry import Size
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.values import Value

SCHEMA = 1
MOST_BYTES = 1 << 20
MOST_RULES = 200
MOST_LETTERS = 80
"""In a preset's name."""
OWN = "own"
"""The source of a rule that the person made, or changed."""

Unit = Literal["", "px", "MP", "bytes", "share", "dpi", "levels"]
"""How a number is shown: a share as per cent, bytes as kilobytes or megabytes."""
Weight = Literal["must", "advice"]
Confidence = Literal["official", "other", "memory"]
"""The marketplace's own page, somebody else's, or nobody's: remembered and unchecked."""
_NARROW = 16
"""Pixels of margin: two blocks of JPEG, of which one has to hold nothing but white."""
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Side = Annotated[int, msgspec.Meta(ge=16, le=20_000)]
_Quality = Annotated[int, msgspec.Meta(ge=1, le=100)]


class Measured(NamedTuple):
    """What a rule is about.

    sure:  pixels or the file decide it; otherwise what is found is shown to the person, who does.
    cured: making the picture anew for the preset puts it right.
    is_word: OneOf is about it, otherwise a Window.
    """

    title: str
    unit: Unit = ""
    sure: bool = True
    cured: bool = True
    is_word: bool = False


class _Demand(Value, frozen=True, kw_only=True):
    """A value that is wanted, and where that was read."""

    rule: _Word
    weight: Weight = "must"
    source: _Text
    date: Annotated[str, msgspec.Meta(pattern=r"\A\d{4}(-\d{2}(-\d{2})?)?\Z")]
    confidence: Confidence


class Window(_Demand, frozen=True, kw_only=True):
    """A number between `low` and `high`, both allowed; None: no limit. Without any limit it is
    only told."""

    low: float | None = None
    high: float | None = None


class OneOf(_Demand, frozen=True, kw_only=True):
    """One of these words."""

    among: Annotated[tuple[_Word, ...], msgspec.Meta(min_length=1, max_length=40)]


class Ask(_Demand, frozen=True, kw_only=True):
    """A question that no pixel answers."""


Demand = Window | OneOf | Ask


class Making(Value, frozen=True, kw_only=True):
    """How a picture for this slot is made.

    size:     in pixels, wanted; a picture that is smaller is not enlarged beyond `least`.
    least:    pixels of the long side that it must have.
    exact:    it gets the proportions of `size`; otherwise its own, and fits into it.
    fill:     share of the side that the product reaches first; 0: the photo stays as it is framed.
    backdrop: "#RRGGBB", "transparent", or "keep" for the photo's own.
    quality:  of the format, wanted; for the byte window it goes up to 100 and down to
              `least_quality`.
    bytes:    least and most that the file may have; 0: no limit.
    """

    size: tuple[_Side, _Side]
    least: _Side
    exact: bool = True
    fill: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.85
    backdrop: Annotated[str, msgspec.Meta(pattern=r"\A(#[0-9A-Fa-f]{6}|transparent|keep)\Z")] = (
        "#FFFFFF"
    )
    format: Format = "jpeg"
    quality: _Quality = 92
    least_quality: _Quality = 60
    bytes: tuple[Annotated[int, msgspec.Meta(ge=0)], Annotated[int, msgspec.Meta(ge=0)]] = (0, 0)
    resolution: Annotated[int, msgspec.Meta(ge=0, le=2400)] = 0

    @property
    def wanted(self) -> Size:
        return Size(*self.size)

    @property
    def cuts_out(self) -> bool:
        """The product is put on something else."""
        return self.backdrop != "keep"

    @property
    def is_tight(self) -> bool:
        """The product comes so near to the border that single pixels count."""
        margin = (1 - self.fill) / 2 * min(self.size)
        return self.cuts_out and self.exact and margin < _NARROW

    @property
    def setting(self) -> ExportSetting:
        """Before any byte window is thought of."""
        under = self.backdrop if self.backdrop.startswith("#") else "#FFFFFF"
        return ExportSetting(self.format, self.quality, under, resolution=self.resolution)


class Preset(Value, frozen=True, kw_only=True):
    """A slot of a marketplace."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_LETTERS)]
    platform: _Word
    making: Making
    rules: Annotated[tuple[Demand, ...], msgspec.Meta(max_length=MOST_RULES)]
    schema: Literal[1] = 1


RULES: Mapping[str, Measured] = MappingProxyType(
    {
        # The file
        "format": Measured(QT_TRANSLATE_NOOP("Rule", "Format"), is_word=True),
        "suffix": Measured(QT_TRANSLATE_NOOP("Rule", "Ending of the name"), is_word=True),
        "name": Measured(
            QT_TRANSLATE_NOOP("Rule", "Name of the file"), sure=False, cured=False, is_word=True
        ),
        "bytes": Measured(QT_TRANSLATE_NOOP("Rule", "File size"), "bytes"),
        "mode": Measured(QT_TRANSLATE_NOOP("Rule", "Colour mode"), is_word=True),
        "bits": Measured(QT_TRANSLATE_NOOP("Rule", "Bits a colour")),
        "profile": Measured(QT_TRANSLATE_NOOP("Rule", "Colour profile"), is_word=True),
        "alpha": Measured(QT_TRANSLATE_NOOP("Rule", "Transparency"), is_word=True),
        "frames": Measured(QT_TRANSLATE_NOOP("Rule", "Pictures in the file")),
        "resolution": Measured(QT_TRANSLATE_NOOP("Rule", "Resolution"), "dpi"),
        "jpeg-quality": Measured(QT_TRANSLATE_NOOP("Rule", "JPEG quality")),
        "provenance": Measured(
            QT_TRANSLATE_NOOP("Rule", "Tag of AI pictures"), sure=False, cured=False, is_word=True
        ),
        # Its size
        "width": Measured(QT_TRANSLATE_NOOP("Rule", "Width"), "px"),
        "height": Measured(QT_TRANSLATE_NOOP("Rule", "Height"), "px"),
        "long-side": Measured(QT_TRANSLATE_NOOP("Rule", "Long side"), "px"),
        "short-side": Measured(QT_TRANSLATE_NOOP("Rule", "Short side"), "px"),
        "sides-sum": Measured(QT_TRANSLATE_NOOP("Rule", "Width and height together"), "px"),
        "megapixels": Measured(QT_TRANSLATE_NOOP("Rule", "Megapixels"), "MP"),
        "aspect": Measured(QT_TRANSLATE_NOOP("Rule", "Width to height")),
        # What is round the product
        "ring-white": Measured(QT_TRANSLATE_NOOP("Rule", "Pure white at the border"), "share"),
        "ground-white": Measured(QT_TRANSLATE_NOOP("Rule", "Pure white backdrop"), "share"),
        "ground-off": Measured(QT_TRANSLATE_NOOP("Rule", "Darkest of the backdrop"), "levels"),
        "shadow": Measured(QT_TRANSLATE_NOOP("Rule", "Shadow or its rest"), "share", sure=False),
        "frame": Measured(QT_TRANSLATE_NOOP("Rule", "Frame round the picture"), "px"),
        "collage": Measured(QT_TRANSLATE_NOOP("Rule", "Lines between pictures"), sure=False),
        "text": Measured(QT_TRANSLATE_NOOP("Rule", "Text beside the product")),
        "codes": Measured(QT_TRANSLATE_NOOP("Rule", "QR codes")),
        # The product
        "fill-long": Measured(QT_TRANSLATE_NOOP("Rule", "Product, of the long side"), "share"),
        "fill-area": Measured(QT_TRANSLATE_NOOP("Rule", "Product, of the area"), "share"),
        "product-side": Measured(QT_TRANSLATE_NOOP("Rule", "Long side of the product"), "px"),
        "margin-least": Measured(QT_TRANSLATE_NOOP("Rule", "Narrowest margin"), "px"),
        "margin-long": Measured(QT_TRANSLATE_NOOP("Rule", "Margin at the long side"), "px"),
        "edges-touched": Measured(
            QT_TRANSLATE_NOOP("Rule", "Edges cutting the product"), cured=False
        ),
        "off-centre": Measured(QT_TRANSLATE_NOOP("Rule", "Distance from the middle"), "share"),
        "objects": Measured(QT_TRANSLATE_NOOP("Rule", "Separate things"), sure=False, cured=False),
        # How good the photo is
        "sharpness": Measured(
            QT_TRANSLATE_NOOP("Rule", "Sharpness of the product"), sure=False, cured=False
        ),
        "detail": Measured(
            QT_TRANSLATE_NOOP("Rule", "Detail for its size"), "share", sure=False, cured=False
        ),
        "noise": Measured(QT_TRANSLATE_NOOP("Rule", "Noise"), "levels", sure=False, cured=False),
        "exposure": Measured(
            QT_TRANSLATE_NOOP("Rule", "Brightness of the product"), sure=False, cured=False
        ),
        "cast": Measured(QT_TRANSLATE_NOOP("Rule", "Colour cast"), sure=False),
        "chroma": Measured(QT_TRANSLATE_NOOP("Rule", "Colourfulness"), sure=False, cured=False),
    }
)
"""What can be measured, in the order in which it is told."""

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "only-product": QT_TRANSLATE_NOOP(
            "Rule", "Nothing but what is sold is to be seen: no props, no packaging."
        ),
        "no-overlay": QT_TRANSLATE_NOOP(
            "Rule", "No text, logo or watermark was put on the product."
        ),
        "no-mannequin": QT_TRANSLATE_NOOP("Rule", "There is no mannequin."),
        "no-model": QT_TRANSLATE_NOOP("Rule", "No person is to be seen."),
        "no-hanger": QT_TRANSLATE_NOOP("Rule", "There is no hanger, and no price tag."),
        "frontal": QT_TRANSLATE_NOOP("Rule", "The product is seen from the front, and whole."),
        "a-photo": QT_TRANSLATE_NOOP("Rule", "It is a photo, no drawing and no render."),
        "no-marks": QT_TRANSLATE_NOOP(
            "Rule", "It shows no marks, badges or reviews of the marketplace, nothing offensive."
        ),
        "no-contact": QT_TRANSLATE_NOOP("Rule", "It shows no address, number or other shop."),
        "no-placeholder": QT_TRANSLATE_NOOP("Rule", "It shows the product, no placeholder."),
        "no-brand": QT_TRANSLATE_NOOP("Rule", "It shows no brand's text or logo."),
        "ai-tag": QT_TRANSLATE_NOOP(
            "Rule", "If a part of it was generated, the file says so (IPTC DigitalSourceType)."
        ),
        "is-scene": QT_TRANSLATE_NOOP("Rule", "The product is seen in use or in a scene."),
    }
)
"""What only a person can tell, as a sentence that is to be true."""


def title(rule: Demand) -> str:
    """English, to be translated in the context "Rule"."""
    return QUESTIONS[rule.rule] if isinstance(rule, Ask) else RULES[rule.rule].title


def to_bytes(preset: Preset) -> bytes:
    """A file that a person can read and change."""
    return msgspec.json.format(msgspec.json.encode(preset), indent=2) + b"\n"


def from_bytes(data: bytes) -> Preset:
    """Raises Problem with the sentence for what is no preset, or one that can't be used."""
    if len(data) > MOST_BYTES:
        raise _no_preset()
    try:
        read = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _no_preset() from error
    return _from_json(read)


def _from_json(data: Any) -> Preset:
    if not isinstance(data, dict) or data.get("type") != Preset.__name__:
        raise _no_preset()
    schema = data.get("schema", SCHEMA)
    if isinstance(schema, int) and schema > SCHEMA:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This preset was made by a newer version of ProdEdit. Install that one to use it.",
            ),
            code="newer-preset",
        )
    preset: Preset = values.from_json(data, Preset)
    for rule in preset.rules:
        _check_known(rule)
    _check_agrees(preset)
    return preset


def _check_known(rule: Demand) -> None:
    known = RULES.get(rule.rule)
    fits = known is not None and known.is_word == isinstance(rule, OneOf)
    if not (rule.rule in QUESTIONS if isinstance(rule, Ask) else fits):
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This preset has a rule that nobody knows: “{rule}”."),
            code="unknown-rule",
            rule=rule.rule,
        )


def _check_agrees(preset: Preset) -> None:
    """Raises Problem where nothing can ever fit: windows upside down, a rule and its opposite."""
    making = preset.making
    windows = [rule for rule in preset.rules if isinstance(rule, Window)]
    pairs = [(rule.low, rule.high) for rule in windows]
    pairs += [(making.bytes[0], making.bytes[1] or None), (making.least, max(making.size))]
    pairs += [(making.least_quality, making.quality)]
    upside_down = any(low is not None and high is not None and low > high for low, high in pairs)
    often = Counter((type(rule), rule.rule, rule.weight) for rule in preset.rules)
    no_alpha = making.backdrop == "transparent" and making.format not in HAS_ALPHA
    if upside_down or no_alpha or any(count > 1 for count in often.values()):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "This preset demands what no picture can have: a least value above the most, a "
                "rule twice, or transparency in a format without.",
            ),
            code="impossible-preset",
        )


def _no_preset() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP("Problem", "This file is no preset, or is damaged."), code="no-preset"
    )
