# SPDX-License-Identifier: Apache-2.0
"""How a document becomes pixels. The one room that paints with QtGui; no QObject, no widgets."""
