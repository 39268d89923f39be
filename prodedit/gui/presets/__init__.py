# SPDX-License-Identifier: Apache-2.0
"""Presets in the window: their names, how one or several are chosen, and a person's own ones."""
