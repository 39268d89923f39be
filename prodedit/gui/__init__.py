# SPDX-License-Identifier: Apache-2.0
"""What a person sees and touches: widgets that read the session and push Edits into it."""
