# SPDX-License-Identifier: Apache-2.0
"""The script that PyInstaller makes the program of."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    multiprocessing.set_start_method("spawn")
    from prodedit.packaged import main

    sys.exit(main())
