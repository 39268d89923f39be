# SPDX-License-Identifier: Apache-2.0
"""What is said of a picture in the strip."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSize

from prodedit.catalogue.folder.listing import Picture
from prodedit.catalogue.folder.marks import Failing, Mark
from prodedit.core.problem import Problem
from prodedit.gui.presets.words import preset_name
from prodedit.gui.translation import file_size, problem_text, translate

STAR = "★"
_MOST_RULES = 4


def tip(picture: Picture, mark: Mark, problem: Problem | None, size: QSize | None) -> str:
    """All that is known of it, a line each."""
    facts = [file_size(QLocale(), picture.nbytes)]
    if size is not None:
        facts.insert(0, f"{size.width()} × {size.height()}")
    lines = [picture.path.name, "   ".join(facts)]
    if problem is not None:
        lines.append(problem_text(problem))
    if mark.stars:
        lines.append(STAR * mark.stars)
    if mark.project:
        text = translate("Catalogue", "Edited: {name}")
        lines.append(text.format(name=Path(mark.project).name))
    if mark.exported:
        text = translate("Catalogue", "Exported: {name}")
        lines.append(text.format(name=Path(mark.exported).name))
    return "\n".join([*lines, *map(failing_text, mark.fails)])


def spoken(picture: Picture, mark: Mark, edited: bool, problem: Problem | None) -> str:
    """The same for who does not see the pictures."""
    parts = [picture.path.name]
    if mark.stars:
        parts.append(translate("Catalogue", "{count} stars").format(count=mark.stars))
    if edited:
        parts.append(translate("Catalogue", "edited"))
    if mark.exported:
        parts.append(translate("Catalogue", "exported"))
    parts.extend(map(failing_text, mark.fails))
    if problem is not None:
        parts.append(problem_text(problem))
    return ", ".join(parts)


def failing_text(failing: Failing) -> str:
    """ "Fails Amazon main picture: Width, Format"."""
    rules = [translate("Rule", rule) for rule in failing.rules[:_MOST_RULES]]
    more = ["…"] if len(failing.rules) > _MOST_RULES else []
    text = translate("Catalogue", "Fails “{preset}”: {rules}")
    listed = translate("RecipeStep", ", ").join([*rules, *more])
    return text.format(preset=preset_name(failing.preset), rules=listed)
