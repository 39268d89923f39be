# SPDX-License-Identifier: Apache-2.0
"""Whether a picture is what a marketplace demands: measured, compared, told."""
