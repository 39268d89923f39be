# SPDX-License-Identifier: Apache-2.0
"""The graphics card and its pack, as the window shows them: offered once, then a preference."""
