# SPDX-License-Identifier: Apache-2.0
"""A picture is made anew so that it fits a slot: the same Steps as in the window, the same file."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from prodedit.catalogue.check.product import Product
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.selection import mask_region
from prodedit.core.presets import Making
from prodedit.engine.preset_steps import cut_for, cutting, made_for
from prodedit.engine.replay import RunTask, Step
from prodedit.files.atomic import write_atomic
from prodedit.files.decoder import Decoder
from prodedit.files.pictures import Opened, open_picture
from prodedit.render.preset_export import preset_file


class Fixing:
    """One picture, for as many slots as there are: it is read once, and cut out once.

    run: does a Task and waits; network: may enlarge photos that are too small."""

    def __init__(
        self, source: Path, decoder: Decoder, run: RunTask, *, network: bool = True
    ) -> None:
        self._source = source
        self._decoder = decoder
        self._run = run
        self._network = network
        self._cut: dict[tuple[Step, ...], Document] = {}

    def write(self, output: Path, making: Making) -> Product | None:
        """Write `output`, whole or not at all; the product as it is known from that, None where it
        was not cut out. Raises Problem, Cancelled."""
        cut = self._cut_for(making)
        document = made_for(cut, making, self._run, network=self._network)
        made = preset_file(document, making, self._opened.metadata)
        write_atomic(output, made.data)
        return _product(document, making, cut)

    @cached_property
    def _opened(self) -> Opened:
        return open_picture(self._source, self._decoder)

    def _cut_for(self, making: Making) -> Document:
        steps = cutting(self._opened.document, making)
        if steps not in self._cut:
            self._cut[steps] = cut_for(self._opened.document, making, self._run)
        return self._cut[steps]


def _product(document: Document, making: Making, before: Document) -> Product | None:
    photo = document.find(PHOTO)
    if not making.cuts_out or photo is None or photo.mask is None:
        return None
    whole = Product(mask_region(before, PHOTO).pixels, "cut-out")
    return Product(mask_region(document, PHOTO).pixels, "cut-out", whole.edges_touched)
