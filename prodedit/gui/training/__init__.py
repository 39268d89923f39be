# SPDX-License-Identifier: Apache-2.0
"""Training a generator on the merchant's own pictures, in a window that blocks nothing."""
