# SPDX-License-Identifier: Apache-2.0
"""A picture is made anew so that it fits a slot: the same Steps as in the window, the same file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from prodedit.catalogue.check.looking import COSTLY, MISSING
from prodedit.catalogue.check.product import Product
from prodedit.catalogue.check.run import Maker
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.selection import mask_region
from prodedit.core.presets import Making
from prodedit.core.problem import Problem
from prodedit.core.provenance import source_type
from prodedit.engine.preset_steps import cut_for, cutting, framing
from prodedit.engine.replay import RunTask, Step
from prodedit.engine.replaying import replay
from prodedit.engine.tasks import Enhance
from prodedit.files.atomic import write_atomic
from prodedit.files.decoder import Decoder
from prodedit.files.encode import encode as encode_here
from prodedit.files.metadata import Metadata
from prodedit.files.pictures import open_picture
from prodedit.render.export import Encode
from prodedit.render.preset_export import preset_file


class ForSlots:
    """A document, for as many slots as there are; its product is looked for once, and
    where it is small it is enlarged once. The same bytes as the window's.

    run: does a Task and waits; network: may enlarge photos that are too small; edges: of the photo
    are known to cut the product off, which a frame round it would hide; layer_id: of the
    product."""

    def __init__(
        self,
        document: Document,
        metadata: Metadata | None,
        run: RunTask,
        *,
        network: bool = True,
        edges: int = 0,
        layer_id: str = PHOTO,
        encode: Encode = encode_here,
    ) -> None:
        self._document = document
        self._metadata = metadata
        self._run = run
        self._network = network
        self._edges = edges
        self._layer = layer_id
        self._encode = encode
        self._cut: dict[tuple[Step, ...], Document] = {}
        self._enlarged: dict[tuple[int, Enhance], Document] = {}

    def write(self, output: Path, making: Making) -> Product | None:
        """Write `output`, whole or not at all; the product as it is known from that, None where it
        was not cut out. Raises Problem, Cancelled."""
        cut = self._cut_for(making)
        document = self._framed(cut, making)
        provenance = source_type(document)
        made = preset_file(document, making, self._metadata, self._encode, provenance)
        write_atomic(output, made.data)
        return self._product(document, making, cut)

    def _cut_for(self, making: Making) -> Document:
        steps = cutting(self._document, making, self._layer)
        if steps not in self._cut:
            self._cut[steps] = cut_for(self._document, making, self._run, self._layer)
        return self._cut[steps]

    def _framed(self, cut: Document, making: Making) -> Document:
        """As `made_for` does it; what was enlarged for another slot is not enlarged again."""
        steps = framing(cut, making, self._layer, network=self._network)
        if steps and isinstance(steps[0], Enhance):
            key = (id(cut), steps[0])  # (those that are cut out are kept, so the id is its own)
            if key not in self._enlarged:
                self._enlarged[key] = self._replayed(cut, steps[:1])
            cut, steps = self._enlarged[key], steps[1:]
        return self._replayed(cut, steps)

    def _replayed(self, document: Document, steps: tuple[Step, ...]) -> Document:
        return replay(document, steps, self._run, layer_id=self._layer)

    def _product(self, document: Document, making: Making, before: Document) -> Product | None:
        photo = document.find(self._layer)
        if not making.cuts_out or photo is None or photo.mask is None:
            return None
        whole = Product(mask_region(before, self._layer).pixels, "cut-out")
        cut = max(self._edges, whole.edges_touched)
        return Product(mask_region(document, self._layer).pixels, "cut-out", cut)


class Forgiving:
    """Makes it without the network that enlarges where that is not on this computer, or would take
    too long. make: what
    makes it, with that network or without."""

    def __init__(self, make: Callable[[bool], Maker]) -> None:
        self._make = make
        self._maker = make(True)
        self._is_plain = False

    def write(self, output: Path, making: Making) -> Product | None:
        """As ForSlots does it."""
        try:
            return self._maker.write(output, making)
        except Problem as problem:
            if problem.code not in (MISSING, COSTLY) or self._is_plain:
                raise
        self._is_plain, self._maker = True, self._make(False)
        return self._maker.write(output, making)


class Fixing:
    """One picture that is made anew for slots: it is read once, when the first asks for it.

    run, network: as ForSlots has them."""

    def __init__(
        self, source: Path, decoder: Decoder, run: RunTask, *, network: bool = True
    ) -> None:
        self._source = source
        self._decoder = decoder
        self._run = run
        self._network = network

    def write(self, output: Path, making: Making) -> Product | None:
        """As ForSlots does it."""
        return self._slots.write(output, making)

    @cached_property
    def _slots(self) -> ForSlots:
        opened = open_picture(self._source, self._decoder)
        return ForSlots(opened.document, opened.metadata, self._run, network=self._network)
