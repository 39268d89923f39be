# SPDX-License-Identifier: Apache-2.0
"""Every adjustment a person can add: name, icon, what it begins with, and its controls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QWidget

from prodedit.core.adjust import values
from prodedit.core.adjust.values import Adjustment
from prodedit.gui.adjustment_titles import title_of
from prodedit.gui.panels.adjustments.curves import CurvesSection
from prodedit.gui.panels.adjustments.fields import FIELDS, FieldsSection
from prodedit.gui.panels.adjustments.gradient import GradientSection
from prodedit.gui.panels.adjustments.levels import LevelsSection, ThresholdSection
from prodedit.gui.panels.adjustments.lut import LutSection
from prodedit.gui.panels.adjustments.parts import (
    BalanceSection,
    BlackAndWhiteSection,
    HueSection,
)
from prodedit.gui.panels.adjustments.photo_filter import PhotoFilterSection
from prodedit.gui.panels.adjustments.recolour import FIRST, RecolourSection
from prodedit.gui.panels.adjustments.section import AdjustmentSection, Surroundings
from prodedit.gui.panels.adjustments.white_balance import WhiteBalanceSection

Make = Callable[[Surroundings, QWidget], AdjustmentSection]


class Kind(NamedTuple):
    """`id`: also its command's; `first`: None where a file has to be chosen before."""

    id: str
    icon: str
    first: Adjustment | None
    type: type[Adjustment]
    make: Make

    @property
    def title(self) -> str:
        """In the window's language."""
        return title_of(self.type)


class NothingToSet(AdjustmentSection):
    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        label = QLabel(self.tr("There is nothing to set here."), self)
        label.setProperty("role", "secondary")
        self.add(label)

    def show_value(self, adjustment: Adjustment) -> None:
        """There is no value."""


def _fields(kind: type[Adjustment]) -> Make:
    first = kind()  # type: ignore[call-arg]  # all that have fields have defaults
    return lambda around, parent: FieldsSection(around, first, FIELDS[kind], parent)


KINDS: tuple[Kind, ...] = (
    Kind(
        "levels",
        "chart-histogram",
        values.Levels(),
        values.Levels,
        LevelsSection,
    ),
    Kind(
        "curves",
        "ease-in-out",
        values.Curves(),
        values.Curves,
        CurvesSection,
    ),
    Kind(
        "brightness_contrast",
        "brightness-half",
        values.BrightnessContrast(),
        values.BrightnessContrast,
        _fields(values.BrightnessContrast),
    ),
    Kind(
        "exposure",
        "exposure",
        values.Exposure(),
        values.Exposure,
        _fields(values.Exposure),
    ),
    Kind(
        "white_balance",
        "temperature",
        values.WhiteBalance(),
        values.WhiteBalance,
        WhiteBalanceSection,
    ),
    Kind(
        "hue_saturation",
        "color-filter",
        values.HueSaturation(),
        values.HueSaturation,
        HueSection,
    ),
    Kind(
        "colour_balance",
        "scale",
        values.ColourBalance(),
        values.ColourBalance,
        BalanceSection,
    ),
    Kind(
        "vibrance",
        "droplet-half-2",
        values.Vibrance(),
        values.Vibrance,
        _fields(values.Vibrance),
    ),
    Kind(
        "recolour",
        "paint",
        FIRST,
        values.Recolour,
        RecolourSection,
    ),
    Kind(
        "black_and_white",
        "circle-half-2",
        values.BlackAndWhite(),
        values.BlackAndWhite,
        BlackAndWhiteSection,
    ),
    Kind(
        "photo_filter",
        "filter",
        values.PhotoFilter(),
        values.PhotoFilter,
        PhotoFilterSection,
    ),
    Kind(
        "gradient_map",
        "gradienter",
        values.GradientMap(),
        values.GradientMap,
        GradientSection,
    ),
    Kind(
        "colour_table",
        "table-options",
        None,
        values.Lut,
        LutSection,
    ),
    Kind(
        "invert_colours",
        "contrast-2",
        values.Invert(),
        values.Invert,
        NothingToSet,
    ),
    Kind(
        "threshold",
        "contrast",
        values.Threshold(),
        values.Threshold,
        ThresholdSection,
    ),
    Kind(
        "posterise",
        "stairs",
        values.Posterise(),
        values.Posterise,
        _fields(values.Posterise),
    ),
    Kind(
        "sharpen",
        "focus-2",
        values.Sharpen(),
        values.Sharpen,
        _fields(values.Sharpen),
    ),
    Kind(
        "denoise",
        "grain",
        values.Denoise(),
        values.Denoise,
        _fields(values.Denoise),
    ),
    Kind(
        "blur",
        "blur",
        values.Blur(),
        values.Blur,
        _fields(values.Blur),
    ),
    Kind(
        "vignette",
        "aperture",
        values.Vignette(),
        values.Vignette,
        _fields(values.Vignette),
    ),
)
BY_ID: Mapping[str, Kind] = MappingProxyType({kind.id: kind for kind in KINDS})
BY_TYPE: Mapping[type, Kind] = MappingProxyType({kind.type: kind for kind in KINDS})
