# SPDX-License-Identifier: Apache-2.0
"""The Generate panel: pictures that a trained generator makes, explored and put on the canvas."""
