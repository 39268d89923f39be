# SPDX-License-Identifier: Apache-2.0
"""What brushes do to pixels: strokes as coverage, and what they lay down."""
