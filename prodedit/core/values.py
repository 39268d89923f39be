# SPDX-License-Identifier: Apache-2.0
"""Frozen values that survive JSON: the base of Edits, Tasks, fills and recipes."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

T = TypeVar("T")


class Value(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True, kw_only=False):
    """Compared by its fields; in JSON an object whose "type" is the class's name."""


def to_json(value: Any) -> Any:
    """`value` as data of dicts, lists, strings and numbers."""
    return msgspec.to_builtins(value)


def from_json(data: Any, kind: Any) -> Any:
    """The value of type `kind` (a Value, or a union or tuple of such) that `data` describes.

    Raises Problem where a name, a type or a range is not what `kind` allows.
    """
    try:
        return msgspec.convert(data, kind)
    except (msgspec.ValidationError, TypeError) as error:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "This was written by another version of ProdEdit, or is damaged: {why}."
            ),
            code="unknown-value",
            why=str(error),
            details=repr(data)[:2000],
        ) from error
