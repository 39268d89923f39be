# SPDX-License-Identifier: Apache-2.0
"""The pictures of a folder: which there are, what is remembered of each, how they look small."""
