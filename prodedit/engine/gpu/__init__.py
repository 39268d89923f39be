# SPDX-License-Identifier: Apache-2.0
"""The GPU pack: a Python environment of its own whose torch knows the graphics card. The engine
process runs in it where there is one; the program itself is for the processor."""
