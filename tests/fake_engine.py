# SPDX-License-Identifier: Apache-2.0
"""The engine's real program with the task functions of tests/fakes.py."""

from prodedit.engine.generating import Generate
from prodedit.engine.service.process import main
from prodedit.engine.tasks import Enhance, GetModel, PreviewStyles, RemoveBackground, TransferStyle
from tests.fakes import (
    fake_enhance,
    fake_generate,
    fake_get_model,
    fake_preview_styles,
    fake_remove_background,
    fake_transfer_style,
)

if __name__ == "__main__":
    main(
        {
            RemoveBackground: fake_remove_background,
            TransferStyle: fake_transfer_style,
            PreviewStyles: fake_preview_styles,
            Enhance: fake_enhance,
            Generate: fake_generate,
            GetModel: fake_get_model,
        }
    )
