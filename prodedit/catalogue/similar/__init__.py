# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a folder are alike, and which stand out. Everything stays on this computer."""
