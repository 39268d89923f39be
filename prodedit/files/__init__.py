# SPDX-License-Identifier: Apache-2.0
"""How pictures come in and go out."""
