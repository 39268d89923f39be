# SPDX-License-Identifier: Apache-2.0
"""A file on its way to being open."""

from __future__ import annotations

from pathlib import Path

from prodedit.files.pictures import Preview
from prodedit.files.stop import Stop


class Opening:
    """What is known of it so far. Compared by identity."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stop = Stop()
        self.preview: Preview | None = None
        """Once there is one, it is shown in a tab of its own."""

    @property
    def name(self) -> str:
        return self.path.name
