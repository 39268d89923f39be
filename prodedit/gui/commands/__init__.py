# SPDX-License-Identifier: Apache-2.0
"""What the entries of the menus do: one class a menu, one method an entry, of the entry's name."""
