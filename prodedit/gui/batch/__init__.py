# SPDX-License-Identifier: Apache-2.0
"""The window of batches: what is done to many pictures, how far it is, and what to look at."""
