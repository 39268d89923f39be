# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a batch wait for others of their group, and when they need not any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prodedit.catalogue.batch.alike import common_of
from prodedit.catalogue.batch.ledger import Ledger
from prodedit.catalogue.batch.states import Picture, changed


class Groups:
    """Of a ledger; kept up to date by `note`. grows: what belongs to a group may still come, so
    that it is measured only after `complete`. No lock of its own."""

    def __init__(self, ledger: Ledger, *, grows: bool = False) -> None:
        self._ledger = ledger
        self._grows = grows
        self._whole: set[str] = set()
        self._members: dict[str, set[int]] = defaultdict(set)
        self._open: dict[str, set[int]] = defaultdict(set)
        self._ready: dict[str, set[int]] = defaultdict(set)
        for picture in ledger.pictures:
            self.note(picture)

    def note(self, picture: Picture) -> None:
        """What a picture is now."""
        if not picture.group:
            return
        members = self._members[picture.group]
        if picture.number not in members:
            members.add(picture.number)
            self._whole.discard(picture.group)
        change = set.add if _is_open(picture) else set.discard
        change(self._open[picture.group], picture.number)
        change = set.add if picture.state == "measured" else set.discard
        change(self._ready[picture.group], picture.number)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    @property
    def unmeasured(self) -> int:
        """So many pictures have to be worked on twice yet."""
        return sum(map(len, self._open.values()))

    def complete(self, names: Iterable[str]) -> None:
        """Nothing is expected to come to these groups any more."""
        self._whole.update(names)

    def met(self, name: str) -> list[Picture]:
        """Those of a group that need not wait any more, as they are from now on: it is known what
        it has in common, or nothing of it is still to be measured or looked at. Raises Problem
        where the disk refuses."""
        is_known = name in self._ledger.commons
        if not name or not (is_known or self._is_measured(name)):
            return []
        ready = sorted(self._ready[name])
        if ready and not is_known:
            members = map(self._ledger.picture, sorted(self._members[name]))
            counted = (each for each in members if each.state != "skipped")
            facts = [each.facts for each in counted if each.facts is not None]
            self._ledger.keep_common(name, common_of(facts))
        return [changed(self._ledger.picture(number), state="accepted") for number in ready]

    def _is_measured(self, name: str) -> bool:
        return not self._open[name] and (name in self._whole or not self._grows)


def _is_open(picture: Picture) -> bool:
    if picture.state in ("waiting", "at-work", "accepted"):
        return picture.facts is None
    return picture.state == "needs-review"
