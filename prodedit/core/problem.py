# SPDX-License-Identifier: Apache-2.0
"""Failures that a person is told about, and the one that nobody needs to be told about."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802
    """Mark `text` for translation where Qt may not be imported: lupdate knows this name."""
    del context
    return text


class Problem(Exception):  # noqa: N818 - the word for it in this program
    """A failure told to a person in one or two sentences: what happened, and what to do.

    `text` is an English template with {names}, the key under which the window finds the
    translation; `values` fill it. `code` is a short stable id for programs (`--json`), such as
    "empty-file". `details` is for the fold-out "More": never shown at first.
    """

    def __init__(
        self, text: str, *, code: str = "failed", details: str = "", **values: object
    ) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        self.details = details
        self.values = values

    def __str__(self) -> str:
        return self.text.format(**self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.text, self.code, self.details, self.values)


def _rebuild(text: str, code: str, details: str, values: dict[str, object]) -> Problem:
    return Problem(text, code=code, details=details, **values)


class Cancelled(Exception):  # noqa: N818 - not an error: what the person asked for
    """The person, or the program on its way out, does not want the result any more."""
