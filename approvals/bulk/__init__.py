"""Bulk 批量办理: one outcome for many clean cases, each decided by itself, with a result for each."""
