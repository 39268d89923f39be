# SPDX-License-Identifier: Apache-2.0
"""What marketplaces demand, held against pictures: the one that is exported, and whole folders."""
