# SPDX-License-Identifier: Apache-2.0
"""Where the files that travel with the program lie: model cards, icons, samples, translations; and
the folder for those of its user.

In a checkout `models/` and `resources/` stand beside the package, so that people find them; the
wheel and the frozen program carry them inside, under `prodedit/_data/`.
"""

import os
from collections.abc import Mapping
from pathlib import Path

DATA_VARIABLE = "PRODEDIT_DATA"
_PACKAGE = Path(__file__).resolve().parent


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where this user's ProdEdit keeps what it needs and the person does not look at."""
    from platformdirs import user_data_path

    said = environ.get(DATA_VARIABLE)
    return Path(said) if said else user_data_path("prodedit", appauthor=False)


def models_folder() -> Path:
    """The folder of model cards (`<id>.toml`) and of the weights that this project trained."""
    return _carried("models", _PACKAGE)


def resources_folder() -> Path:
    """The folder of icons, translations, samples and built-in backdrops."""
    return _carried("resources", _PACKAGE)


def _carried(name: str, package: Path) -> Path:
    # The checkout comes first: there, a copy inside the package could only be an outdated one.
    beside = package.parent / name
    if (package.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    inside = package / "_data" / name
    if inside.is_dir():
        return inside
    raise FileNotFoundError(f"The program's folder {name!r} is missing: looked in {inside}")
