# SPDX-License-Identifier: Apache-2.0
"""One picture that is being edited, for one slot of a marketplace: the file that would be written,
and what the slot's rules say of it. The same bytes as a batch makes of the photo."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from prodedit.catalogue.check.findings import Verdict, judged
from prodedit.catalogue.check.fixing import Forgiving, ForSlots
from prodedit.catalogue.check.looking import CUTTING, READING, Engine, Eyes
from prodedit.catalogue.check.product import Product
from prodedit.core import edits
from prodedit.core.document import BACKGROUND, PHOTO, Document
from prodedit.core.export_setting import SUFFIXES, ExportSetting
from prodedit.core.layer import AdjustmentContent, Layer
from prodedit.core.presets import Preset
from prodedit.engine.tasks import Enhance, Task
from prodedit.files.decoder import Decoder
from prodedit.files.encoding_aside import encode_aside
from prodedit.files.metadata import Metadata
from prodedit.files.stop import Stop
from prodedit.render.export import export_picture


@dataclass(frozen=True, eq=False)
class SlotOrder:
    """name: of the file, without its ending; layer: the product's; setting: how it is written where
    the picture is only checked, None: it is framed, sized and written as the preset wants it."""

    document: Document
    preset_id: str
    preset: Preset
    name: str
    layer: str = PHOTO
    metadata: Metadata | None = None
    setting: ExportSetting | None = None
    network: bool = True

    @property
    def suffix(self) -> str:
        making = self.preset.making
        return SUFFIXES[making.format if self.setting is None else self.setting.format]


class Tried(NamedTuple):
    """data: the file as it would be; verdict: what was found in it; spared: what was not asked of
    the engine for that."""

    data: bytes
    verdict: Verdict
    spared: frozenset[type[Task]] = frozenset()

    @property
    def is_exact(self) -> bool:
        """The file would have these bytes."""
        return Enhance not in self.spared


class SlotMaker:
    """Makes and judges such files; each call waits for what it needs. Raises Problem, Cancelled."""

    def __init__(self, decoder: Decoder, engine: Engine, stop: Stop) -> None:
        self._decoder = decoder
        self._engine = engine
        self._stop = stop

    def write(self, order: SlotOrder, path: Path) -> Product | None:
        """The file, whole or not at all; the product as it is known from that."""
        self._stop.check()
        if order.setting is not None:
            encode, stop = partial(encode_aside, stop=self._stop), self._stop
            export_picture(order.document, path, order.setting, order.metadata, encode, stop)
            return None
        making = order.preset.making
        if not order.network:
            return self._slots(order, network=False).write(path, making)
        forgiving = Forgiving(lambda network: self._slots(order, network=network))
        return forgiving.write(path, making)

    def tried(self, order: SlotOrder) -> Tried:
        """It is written aside, under the name that it would have, and looked at."""
        with tempfile.TemporaryDirectory(prefix="prodedit-") as folder:
            path = Path(folder) / f"{_short(order.name)}{order.suffix}"
            product = self.write(order, path)
            self._stop.check()
            look = self._eyes(order.preset).look(path, product)
            self._stop.check()
            return Tried(path.read_bytes(), judged(look, order.preset_id, order.preset))

    def _slots(self, order: SlotOrder, *, network: bool) -> ForSlots:
        return ForSlots(
            order.document,
            order.metadata,
            self._eyes(order.preset).run,
            network=network,
            layer_id=order.layer,
            encode=partial(encode_aside, stop=self._stop),
        )

    def _eyes(self, preset: Preset) -> Eyes:
        rules = {rule.rule for rule in preset.rules}
        return Eyes(self._decoder, self._engine, rules, (CUTTING, READING))


def product_layer(document: Document, active: str) -> str:
    """The photo; where there is none the active layer, or else the topmost that holds pixels."""
    if document.find(PHOTO) is not None:
        return PHOTO
    layer = document.find(active)
    if layer is not None and layer.tiles is not None:
        return active
    pixels = [each.id for each in document.walk() if each.tiles is not None]
    return pixels[-1] if pixels else PHOTO


def alone(document: Document, layer: str) -> Document:
    """The product without what was put to it: other layers are hidden, effects left out. What
    changes its colours stays, and the backdrop, which the slot decides on."""
    for other in _others(document, layer):
        document = edits.apply(document, edits.SetVisible(other.id, False))
    for each in _line(document, layer):
        if each.effects:
            document = edits.apply(document, edits.SetEffects(each.id, ()))
    return document


def has_more(document: Document, layer: str) -> bool:
    """Whether `alone` would change anything that shows."""
    effects = any(each.effects for each in _line(document, layer))
    return effects or any(other.visible for other in _others(document, layer))


def _others(document: Document, layer: str) -> list[Layer]:
    """What is neither the product, nor above or below it in the tree."""
    kept = {each.id for each in _line(document, layer)}
    found = document.find(layer)
    inside = {each.id for each in (() if found is None else found.walk())}
    return [
        each
        for each in document.walk()
        if each.id not in kept | inside | {BACKGROUND}
        and not isinstance(each.content, AdjustmentContent)
    ]


def _line(document: Document, layer: str) -> list[Layer]:
    """The layer, and the groups that it is in."""
    return [each for each in document.walk() if any(one.id == layer for one in each.walk())]


def _short(name: str) -> str:
    """As a temporary file may be called; it has the beginning, which rules look at."""
    return "".join("-" if sign in '/\\:*?"<>|\0' else sign for sign in name)[:60] or "picture"
