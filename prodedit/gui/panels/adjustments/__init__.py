# SPDX-License-Identifier: Apache-2.0
"""The controls of adjustments: which kind has which, and one file for each that needs its own."""
