# SPDX-License-Identifier: Apache-2.0
"""Guides: lines over the picture that things snap to and that are never part of it."""

from __future__ import annotations

from typing import Literal

from prodedit.core.values import Value


class Guide(Value, frozen=True):
    """`upright`: x of the canvas is `position`; `level`: y is."""

    direction: Literal["upright", "level"]
    position: float
