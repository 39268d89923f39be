# SPDX-License-Identifier: Apache-2.0
"""What outputs are called: a pattern with fields, made into names that every disk takes.

`{stem}` is the photo's name without its ending, `{preset}` the preset's id, `{n}` counts those that
would have the same name without it; any other field is a column of a table. A slash in the pattern
makes folders; they stand above the tree that is mirrored.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

STEM, PRESET, NUMBER = "stem", "preset", "n"
OWN_FIELDS = (STEM, PRESET, NUMBER)
MOST_BYTES = 230
"""Of a name without its ending, in UTF-8: disks take 255, and `-jpg-2.jpg.json` may follow."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e]')
"""On Windows; halves of letters, and marks that turn what is read from left to right around."""
_RESERVED = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"),
    )
)
"""Names that Windows keeps for itself, whatever ending follows."""


@dataclass(frozen=True)
class Pattern:
    """`folders`: above the mirrored tree, from the top; `name`: of the file, without its ending."""

    folders: tuple[str, ...]
    name: str

    @property
    def fields(self) -> frozenset[str]:
        found = _FIELD.findall("/".join((*self.folders, self.name)))
        return frozenset(field_name(each) for each in found)

    @property
    def columns(self) -> frozenset[str]:
        """Those of a table."""
        return self.fields - set(OWN_FIELDS)

    def place(self, tree: PurePath, values: Mapping[str, str]) -> PurePath:
        """Where a picture goes below the output folder, without an ending; `tree`: its folder in
        the mirrored tree. All fields have to be in `values`."""
        above = (_filled(part, values) for part in self.folders)
        return PurePath(*above, *map(safe, tree.parts), _filled(self.name, values))


def default_pattern(presets: int) -> Pattern:
    """The photo's own name; a folder for each preset where there are several."""
    return Pattern(("{preset}",) if presets > 1 else (), "{stem}")


def parsed(text: str, columns: Collection[str] = ()) -> Pattern:
    """Raises Problem where the pattern makes no name, or asks for a field that there is not."""
    parts = [part.strip() for part in text.replace("\\", "/").split("/")]
    left = "".join(_FIELD.sub("", part) for part in parts)
    if "" in parts or {".", ".."} & set(parts) or "{" in left or "}" in left:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem",
                "“{pattern}” is no pattern for names. Write for instance {example}.",
            ),
            code="bad-pattern",
            pattern=text,
            example="{stem}-{preset}-{n}",
        )
    pattern = Pattern(tuple(parts[:-1]), parts[-1])
    unknown = sorted(pattern.fields - {*OWN_FIELDS, *map(field_name, columns)})
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in (*OWN_FIELDS, *columns))
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Problem", "Names have no field “{field}”. There are: {known}. Others need a table."
            ),
            code="unknown-field",
            field=unknown[0],
            known=known,
        )
    return pattern


def field_name(word: str) -> str:
    """Spelled in one way: a table may have written it with capitals."""
    return word.strip().casefold()


def safe(name: str) -> str:
    """The same where every disk takes it; else as near to it as can be. Never empty."""
    plain = _FORBIDDEN.sub("-", name).strip(" ").rstrip(" .")
    plain = f"_{plain[1:]}" if plain.startswith(".") else plain
    if plain.split(".")[0].rstrip(" ").casefold() in _RESERVED:
        plain = f"_{plain}"
    return shortened(plain) or "_"


def shortened(name: str, most: int = MOST_BYTES) -> str:
    """As many whole letters as fit into so many bytes."""
    return name.encode()[:most].decode(errors="ignore").rstrip(" .")


def _filled(part: str, values: Mapping[str, str]) -> str:
    return safe(_FIELD.sub(lambda found: values[field_name(found[1])], part))
