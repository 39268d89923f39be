# SPDX-License-Identifier: Apache-2.0
"""Windows and cards about whole documents: new ones, earlier ones, lost ones, on paper."""
