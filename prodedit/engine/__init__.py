# SPDX-License-Identifier: Apache-2.0
"""Task and inputs in, Result out. No Qt."""
