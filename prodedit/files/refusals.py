# SPDX-License-Identifier: Apache-2.0
"""Why a picture is not opened: every reason with its sentence."""

from typing import Any

from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem

REFUSALS = {
    "empty-file": QT_TRANSLATE_NOOP("Problem", "This file is empty."),
    "not-found": QT_TRANSLATE_NOOP(
        "Problem", "This file is not there any more. It may have been moved or deleted."
    ),
    "folder": QT_TRANSLATE_NOOP("Problem", "This is a folder, not a picture."),
    "not-a-file": QT_TRANSLATE_NOOP("Problem", "This is not a file with a picture in it."),
    "no-permission": QT_TRANSLATE_NOOP("Problem", "You are not allowed to read this file."),
    "name-too-long": QT_TRANSLATE_NOOP("Problem", "The name of this file is too long to open it."),
    "read-failed": QT_TRANSLATE_NOOP(
        "Problem", "This file could not be read. Check the disk or the connection it is on."
    ),
    "not-a-picture": QT_TRANSLATE_NOOP(
        "Problem",
        "This is not a picture that can be opened here. JPEG, PNG, WebP, AVIF, HEIC, TIFF, PSD, "
        "BMP, GIF and JPEG 2000 can.",
    ),
    "drawing": QT_TRANSLATE_NOOP(
        "Problem",
        "This is a {kind} file, a drawing or page and not a photo. Export it as PNG and open that.",
    ),
    "drawing-outside": QT_TRANSLATE_NOOP(
        "Problem",
        "This drawing shows pictures, fonts or styles that lie outside of it, and is not opened "
        "for that. Export it with everything embedded, or as PNG.",
    ),
    "layered": QT_TRANSLATE_NOOP(
        "Problem", "This is a {kind} file. Export it as PNG or TIFF and open that."
    ),
    "camera-raw": QT_TRANSLATE_NOOP(
        "Problem", "This is a raw camera file. Export it as TIFF or JPEG and open that."
    ),
    "heic-missing": QT_TRANSLATE_NOOP(
        "Problem",
        "This is a HEIC photo, and what reads those is not installed. Save it as JPEG and open "
        "that.",
    ),
    "unknown-variant": QT_TRANSLATE_NOOP(
        "Problem",
        "This {kind} file is of a rare kind that can't be opened. Save it as PNG and open that.",
    ),
    "file-too-big": QT_TRANSLATE_NOOP(
        "Problem", "This file has {megabytes} MB. Files of up to {limit} MB can be opened."
    ),
    "too-many-pixels": QT_TRANSLATE_NOOP(
        "Problem",
        "This picture has {megapixels} million pixels. Up to {limit} million can be opened.",
    ),
    "side-too-long": QT_TRANSLATE_NOOP(
        "Problem",
        "This picture is {width} × {height} pixels. Up to {limit} pixels a side can be opened.",
    ),
    "damaged": QT_TRANSLATE_NOOP(
        "Problem",
        "This picture is damaged: only about {percent} % of it can be read. You can open what is "
        "left or choose another.",
    ),
    "unreadable": QT_TRANSLATE_NOOP("Problem", "This picture is damaged and can't be opened."),
    "no-memory": QT_TRANSLATE_NOOP(
        "Problem",
        "There is not enough memory for this picture. Close other programs or pictures and try "
        "again.",
    ),
    "too-slow": QT_TRANSLATE_NOOP(
        "Problem",
        "This picture could not be opened within {seconds} seconds. It may be damaged.",
    ),
    "reader-stopped": QT_TRANSLATE_NOOP(
        "Problem", "This picture is damaged so badly that reading it was stopped."
    ),
    "reader-missing": QT_TRANSLATE_NOOP(
        "Problem",
        "The part of the program that reads pictures does not start. Install the program again.",
    ),
}


def refusal(code: str, *, details: str = "", **values: Any) -> Problem:
    """The Problem of that code; KeyError for unknown ones. `details`: for those who ask."""
    return Problem(REFUSALS[code], code=code, details=details, **values)
