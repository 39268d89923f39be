# SPDX-License-Identifier: Apache-2.0
"""Networks as torch modules, one architecture a file. This room knows no other."""
