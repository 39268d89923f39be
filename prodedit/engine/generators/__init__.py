# SPDX-License-Identifier: Apache-2.0
"""What a trained generator does: pictures from classes and noise, latents from pictures."""
