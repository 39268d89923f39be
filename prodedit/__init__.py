# SPDX-License-Identifier: Apache-2.0
"""ProdEdit: a desktop editor for product pictures."""

__version__ = "0.1.0"
