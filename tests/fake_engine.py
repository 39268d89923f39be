# SPDX-License-Identifier: Apache-2.0
"""The engine's real program with the task functions of tests/fakes.py."""

from prodedit.engine.service.process import main
from prodedit.engine.tasks import RemoveBackground
from tests.fakes import fake_remove_background

if __name__ == "__main__":
    main({RemoveBackground: fake_remove_background})
