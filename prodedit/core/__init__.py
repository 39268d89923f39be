# SPDX-License-Identifier: Apache-2.0
"""What a document is: pure values and functions. No Qt, no torch, no files."""
