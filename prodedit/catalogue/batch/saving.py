# SPDX-License-Identifier: Apache-2.0
"""What a batch writes of each document: the picture as the window exports it, or the mask alone."""

from __future__ import annotations

import io

import msgspec
from PIL import Image

from prodedit.catalogue.batch.pipeline import Save
from prodedit.catalogue.batch.plan import Planned
from prodedit.core.document import PHOTO, Document
from prodedit.core.edits.layers import existing
from prodedit.core.export_setting import ExportSetting
from prodedit.core.problem import QT_TRANSLATE_NOOP, Problem
from prodedit.engine.recipe import Recipe, to_bytes
from prodedit.files.atomic import write_atomic
from prodedit.files.metadata import Metadata
from prodedit.render.export import export_picture


def save_picture(
    document: Document, picture: Planned, setting: ExportSetting, metadata: Metadata | None
) -> None:
    """The merged picture. Raises Problem."""
    export_picture(document, picture.output, setting, metadata)


def with_recipe(recipe: Recipe) -> Save:
    """The merged picture, and beside it what was done, with the export setting that it had."""

    def save(
        document: Document, picture: Planned, setting: ExportSetting, metadata: Metadata | None
    ) -> None:
        save_picture(document, picture, setting, metadata)
        done = msgspec.structs.replace(recipe, export=setting)
        write_atomic(picture.output.with_name(f"{picture.output.name}.json"), to_bytes(done))

    return save


def save_mask(
    document: Document, picture: Planned, setting: ExportSetting, metadata: Metadata | None
) -> None:
    """The photo's mask as a grey PNG: 255 = product, 0 = background. Raises Problem."""
    del setting, metadata
    mask = existing(document, PHOTO).mask
    if mask is None:
        raise Problem(
            QT_TRANSLATE_NOOP("Problem", "This picture has no mask to save."), code="no-mask"
        )
    file = io.BytesIO()
    Image.fromarray(mask.alpha.to_array()).save(file, "PNG")
    write_atomic(picture.output, file.getvalue())
