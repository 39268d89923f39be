# SPDX-License-Identifier: Apache-2.0
"""The strip with the pictures of the open folder, and the window about similar ones."""
