# SPDX-License-Identifier: Apache-2.0
"""Recipes in the window: kept from what was done, applied, changed."""
