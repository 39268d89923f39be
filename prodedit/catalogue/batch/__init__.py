# SPDX-License-Identifier: Apache-2.0
"""The same steps on many pictures: which ones, where they go, the run, and its report."""
