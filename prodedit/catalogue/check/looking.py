# SPDX-License-Identifier: Apache-2.0
"""A file is looked at: read in the decoder process, and where needed, seen by the engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from prodedit.catalogue.check.ground_measures import text
from prodedit.catalogue.check.look import Look, look_of
from prodedit.catalogue.check.product import Product, by_backdrop, by_transparency
from prodedit.catalogue.check.table import NEEDS_PRODUCT, NEEDS_TEXT
from prodedit.core import pixels as premultiplication
from prodedit.core.geometry import Size
from prodedit.core.problem import Problem
from prodedit.engine.preset_steps import NOTHING_FOUND
from prodedit.engine.results import MaskResult, Result, TextResult
from prodedit.engine.service.jobs import Lane
from prodedit.engine.tasks import FindText, RemoveBackground, Task
from prodedit.files.decoder import Decoder

Bytes = NDArray[np.uint8]

CUTTING, READING = "cutting", "reading"
"""What the engine may be asked: where the product is, and where text is."""
_SIDE = 1280
"""Pixels of the long side of what the networks are shown: nothing of a few pixels is sought."""
MISSING = "model-missing"
"""Code of the failure that a network is not on this computer."""
COSTLY = "costly"
"""Code of the failure that a network would take long, and nobody has asked to wait for it."""
_AGAIN = frozenset({"engine-stopped", "engine-hung", "engine-no-memory"})
"""Failures that need not be the picture's fault: it has a second try."""


class Engine(Protocol):
    """What looking needs of an EngineClient."""

    def run(self, task: Task, inputs: Mapping[str, Any], *, lane: Lane) -> Result: ...


class Eyes:
    """Looks at pictures for a set of rules. `able`: which networks there are, of CUTTING and
    READING; without them what only they could tell is not known. Safe to use from several
    threads."""

    def __init__(
        self, decoder: Decoder, engine: Engine, rules: Collection[str], able: Collection[str]
    ) -> None:
        self._decoder = decoder
        self._engine = engine
        self._rules = frozenset(rules)
        self._able = frozenset(able)

    def look(self, path: Path, product: Product | None = None) -> Look:
        """All that the rules ask of a file; product: where it is known already. Raises Problem
        where the file is no picture that can be read, and Cancelled."""
        photo = self._decoder.decode(path)
        seen = look_of(photo, path.name, path.stat().st_size)
        if product is not None:
            return self._read(replace(seen, product=_fitting(product, seen.size)))
        if self._rules & NEEDS_PRODUCT:
            found = by_transparency(seen.alpha) or by_backdrop(seen.rgb) or self._cut(seen)
            seen = replace(seen, product=found)
        return self._read(seen)

    def run(self, task: Task, inputs: Mapping[str, Any]) -> Result:
        """A Task done by the engine, once more where it died of it. Raises Problem, Cancelled."""
        try:
            return self._engine.run(task, inputs, lane="batch")
        except Problem as problem:
            if problem.code not in _AGAIN:
                raise
        return self._engine.run(task, inputs, lane="batch")

    def _cut(self, look: Look) -> Product | None:
        """By the network. None where there is none, or it finds nothing."""
        if CUTTING not in self._able:
            return None
        try:
            found = self.run(RemoveBackground(refine=False), {"source": _shown(look)})
        except Problem as problem:
            if problem.code in (NOTHING_FOUND, MISSING, COSTLY):
                return None
            raise
        assert isinstance(found, MaskResult)
        product = Product(_large(found.alpha, look.size), "cut-out")
        return None if product.box.is_empty else product

    def _read(self, look: Look) -> Look:
        if not self._rules & NEEDS_TEXT or READING not in self._able or text(look) is not None:
            return look
        try:
            found = self.run(FindText(), {"source": _shown(look)})
        except Problem as problem:
            if problem.code == MISSING:
                return look
            raise
        assert isinstance(found, TextResult)
        return replace(look, text=_large(found.share, look.size))


def _fitting(product: Product, size: Size) -> Product:
    """The picture may have been made smaller to have fewer bytes."""
    return replace(product, alpha=_large(product.alpha, size))


def _shown(look: Look) -> Bytes:
    """(h, w, 4) for the engine, reduced."""
    small = look.size.fit(_SIDE)
    rgb = np.asarray(cv2.resize(look.rgb, small, interpolation=cv2.INTER_AREA), np.uint8)
    opaque = np.full((*rgb.shape[:2], 1), 255, np.uint8)
    return premultiplication.premultiply(np.concatenate((rgb, opaque), axis=2))


def _large(share: Bytes, size: Size) -> Bytes:
    if share.shape == (size.height, size.width):
        return share
    return np.asarray(cv2.resize(share, size, interpolation=cv2.INTER_LINEAR), np.uint8)
