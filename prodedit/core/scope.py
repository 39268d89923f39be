# SPDX-License-Identifier: Apache-2.0
"""Which part of a picture is meant: a word that edits and tasks share, and that loads nothing."""

from typing import Literal

Scope = Literal["all", "product", "background"]
"""The layer's mask tells product from background."""
