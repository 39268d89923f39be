# SPDX-License-Identifier: Apache-2.0
"""Answers that come after the window has gone are dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def while_there(owner: QObject, take: Callable[..., Any], *first: object) -> Callable[..., None]:
    """`take` with `first` before its own arguments, as long as Qt has not deleted `owner`. (Qt
    disconnects methods of what it deletes, but not functions with arguments bound to them.)"""

    def call(*arguments: object) -> None:
        if isValid(owner):
            take(*first, *arguments)

    return call
