# SPDX-License-Identifier: Apache-2.0
"""How a person changes a document: session, undo, jobs, files. QtCore and QtGui; no widgets."""
