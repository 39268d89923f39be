# SPDX-License-Identifier: Apache-2.0
"""Adjustments: values, and the maths that makes new colours of old ones."""
