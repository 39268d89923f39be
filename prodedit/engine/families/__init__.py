# SPDX-License-Identifier: Apache-2.0
"""One file a Task family: what the engine does, as plain functions of Task, inputs and context."""
