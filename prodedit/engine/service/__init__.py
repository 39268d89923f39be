# SPDX-License-Identifier: Apache-2.0
"""The engine as a program: its process, its client, its queue, its networks and devices."""
