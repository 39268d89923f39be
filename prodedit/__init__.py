# SPDX-License-Identifier: Apache-2.0
"""ProdEdit: a desktop editor for product pictures."""

import os

__version__ = "0.1.0"

# ONNX Runtime's own builds number each computer and tell their maker how they are used, unless this
# is said before they are loaded. Processes that we start are told by what they inherit.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
