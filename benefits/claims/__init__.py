"""Periodic benefits: what stands after the first claim, which months are had, and how the next one is claimed."""
