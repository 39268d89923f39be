# SPDX-License-Identifier: Apache-2.0
"""Where a layer that a tool makes comes to stand."""

from __future__ import annotations

from prodedit.editing.session import EditSession


def above_active(session: EditSession) -> tuple[str | None, int]:
    """(group's id or None, index): just above the layer that is worked on, else on top."""
    document = session.document
    if document.find(session.active_id) is None:
        return None, len(document.layers)
    parent, index = document.place(session.active_id)
    return parent, index + 1
