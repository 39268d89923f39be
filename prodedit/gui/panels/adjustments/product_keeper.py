# SPDX-License-Identifier: Apache-2.0
"""A new colour keeps to the product: its outline is found when the product's colour is clicked, and
becomes the mask of the adjustment. The photo itself is not cut out."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from prodedit.core import edits
from prodedit.core.adjust.matching import fitted
from prodedit.core.adjust.values import Recolour
from prodedit.core.colour import Colour
from prodedit.core.document import BACKGROUND, Document
from prodedit.core.geometry import Point, Rect
from prodedit.core.layer import AdjustmentContent, Layer, Mask
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.core.tiles import Tiles
from prodedit.editing.adjusting import is_product
from prodedit.editing.session import EditSession
from prodedit.engine.service.jobs import Job
from prodedit.engine.tasks import RemoveBackground
from prodedit.gui.late import while_there
from prodedit.gui.panels.adjustments.bench import SIDE, Bench
from prodedit.gui.product_selection import ask_for_region
from prodedit.gui.translation import translate
from prodedit.render.small import below, small_part

_NOT_HERE = QT_TRANSLATE_NOOP(
    "Problem",
    "No product was found where you clicked, so everything of that colour changes. Select the "
    "product first to keep to it.",
)
_NO_PHOTO = QT_TRANSLATE_NOOP("Problem", "There is no photo below in which to look for a product.")


class ProductKeeper(QPushButton):
    """Pressed while the colour keeps to the product; pressed by a person it looks for it, or gives
    up looking."""

    looks = Signal(bool)
    """Whether it is looking for the product of the layer that is shown."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._session: EditSession | None = None
        self._job, self._wanted_by = "", ""
        self._declined: set[tuple[EditSession, str]] = set()
        self._clicked: Colour | None = None
        self._place: Point | None = None
        self.setCheckable(True)
        self.setProperty("look", "choice")
        self.setToolTip(
            self.tr("Finds the product's outline and keeps to it; the photo is not cut out")
        )
        self.clicked.connect(self._press)
        self.look_again()

    @property
    def is_looking(self) -> bool:
        """For the layer that is shown; it goes on looking while another one is."""
        layer = self._bench.layer
        same = self._session is not None and self._session is self._bench.session
        return same and layer is not None and layer.id == self._wanted_by

    @property
    def keeps(self) -> bool:
        """Whether the layer shows only on a product."""
        layer = self._bench.layer
        return layer is not None and _keeps(self._bench.session, layer)

    def look_again(self) -> None:
        """The layer has changed, or is another one."""
        looking = self.tr("Looking for the product…")
        self.setText(looking if self.is_looking else self.tr("Only the product"))
        self.setChecked(self.keeps or self.is_looking)
        self.looks.emit(self.is_looking)

    def colour_clicked(self, place: Point, colour: Colour) -> None:
        """`colour` is to become another one: look for the product, unless the layer keeps to a part
        of the picture already, or a person wanted all of it."""
        session, layer = self._bench.session, self._bench.layer
        if session is None or layer is None:
            return
        self._clicked, self._place = colour, place
        free = layer.mask is None and not layer.clip
        if free and not self.is_looking and (session, layer.id) not in self._declined:
            self._look(session, layer, tells=False)

    def decline(self) -> None:
        """All of the picture is wanted, of this layer."""
        self.give_up()
        session, layer = self._bench.session, self._bench.layer
        if session is not None and layer is not None:
            self._declined.add((session, layer.id))
            if layer.mask is not None and layer.mask.task is not None:
                session.apply(edits.RemoveMask(layer.id))

    def give_up(self) -> None:
        session, job = self._session, self._job
        self._end()
        if session is not None and job:
            session.cancel(job)

    def _press(self, on: bool) -> None:
        session, layer = self._bench.session, self._bench.layer
        if self.is_looking:
            self.give_up()
        elif on and session is not None and layer is not None:
            self._place = None
            self._look(session, layer, tells=True)
        elif layer is not None and layer.mask is not None and layer.mask.task is not None:
            self.decline()
        self.look_again()

    # Looking

    def _look(self, session: EditSession, layer: Layer, *, tells: bool) -> None:
        photo = _photo(below(session.document, layer.id), self._place)
        if photo is None:
            if tells:
                self._bench.tell(Problem(_NO_PHOTO, code="no-pixels"))
            return
        self.give_up()  # for another layer
        self._session, self._wanted_by = session, layer.id
        task = RemoveBackground(model=self._bench.cutout_model)
        session.job_changed.connect(self._job_changed)
        take = while_there(self, self._found, session, layer.id, task)
        self._job = ask_for_region(session, task, photo, take)
        self.look_again()

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if job.id == self._job and job.over:
            self._end()

    def _end(self) -> None:
        session, self._session = self._session, None
        self._job = self._wanted_by = ""
        if session is not None:
            session.job_changed.disconnect(self._job_changed)
        self.look_again()

    def _found(
        self, session: EditSession, layer_id: str, task: RemoveBackground, region: Tiles | None
    ) -> None:
        layer = session.document.find(layer_id)
        if layer is None or not isinstance(layer.content, AdjustmentContent):
            return
        if region is None or region.size != session.document.size or not self._is_hit(region):
            self._declined.add((session, layer_id))
            self._bench.tell(Problem(_NOT_HERE, code="no-product"))
            return
        value, clicked = layer.content.adjustment, self._clicked
        assert isinstance(value, Recolour)
        errand = self._bench.run(
            partial(_fitted, below(session.document, layer_id), region, value, clicked)
        )
        errand.done.connect(while_there(self, self._keep, session, layer_id, task, region, value))
        errand.failed.connect(self._bench.tell)

    def _is_hit(self, region: Tiles) -> bool:
        """Whether what was found is what was clicked."""
        if self._place is None:
            return True
        spot = Rect(int(self._place.x), int(self._place.y), 1, 1)
        return int(region.to_array(spot)[0, 0]) > 127

    def _keep(
        self,
        session: EditSession,
        layer_id: str,
        task: RemoveBackground,
        region: Tiles,
        before: Recolour,
        value: Recolour,
    ) -> None:
        """One step: the mask, and the colour that the product has without what lies round it."""
        layer = session.document.find(layer_id)
        if layer is None or not isinstance(layer.content, AdjustmentContent):
            return
        text, gesture = translate("Edit", "Keep to the product"), object()
        made_by: dict[str, object] = {"kind": "product", "model": task.model}
        session.apply(
            edits.SetMask(layer_id, task=made_by), {"alpha": region}, text=text, gesture=gesture
        )
        if layer.content.adjustment == before:  # nothing was set meanwhile
            session.apply(edits.SetAdjustment(layer_id, value), text=text, gesture=gesture)


def _keeps(session: EditSession | None, layer: Layer) -> bool:
    if layer.mask is not None and layer.mask.enabled and layer.mask.task is not None:
        return True
    if session is None or not layer.clip:
        return False
    parent, index = session.document.place(layer.id)
    under = session.document.siblings(parent)[:index]
    base = next((one for one in reversed(under) if not one.clip), None)
    return base is not None and is_product(base)


def _photo(document: Document, place: Point | None) -> Layer | None:
    """The topmost that can be seen, there."""
    seen = [one for one in document.walk() if one.visible and one.id != BACKGROUND]
    for layer in reversed(seen):
        if layer.tiles is not None and (place is None or _covers(layer, place)):
            return layer
    return None


def _covers(layer: Layer, place: Point) -> bool:
    assert layer.tiles is not None
    return layer.tiles.bounds.contains(layer.transform.inverse().map(place))


def _fitted(under: Document, region: Tiles, value: Recolour, clicked: Colour | None) -> Recolour:
    """With the mean colour of the product's own part as the source."""
    asked = value if clicked is None else msgspec.structs.replace(value, source=clicked)
    found = fitted(small_part(under, Mask(region), SIDE), asked)
    untouched = value.source == value.target
    target = found.source if untouched else value.target
    return msgspec.structs.replace(value, source=found.source, target=target)
