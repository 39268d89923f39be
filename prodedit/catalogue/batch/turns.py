# SPDX-License-Identifier: Apache-2.0
"""Whose turn is next: what a person has just looked at, and of the others the first."""

from __future__ import annotations

import heapq

from prodedit.catalogue.batch.ledger import Ledger
from prodedit.catalogue.batch.states import READY, Picture, rank_of


class Turns:
    """Of a ledger's pictures. No lock of its own."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._queue: list[tuple[int, int]] = []
        for picture in ledger.pictures:
            self.add(picture)

    def add(self, picture: Picture) -> None:
        """Where something can be done to it."""
        rank = rank_of(picture)
        if rank is not None:
            heapq.heappush(self._queue, rank)

    def next(self) -> Picture | None:
        """As the ledger has it; None: nothing can be done to any."""
        while self._queue:
            rank, number = heapq.heappop(self._queue)
            picture = self._ledger.picture(number)
            if picture.state == READY[rank]:
                return picture
        return None
