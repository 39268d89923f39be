# SPDX-License-Identifier: Apache-2.0
"""How generators are trained on a shop's own pictures: data, stages, checkpoints, the run."""
