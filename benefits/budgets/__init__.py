"""Budgets 预算指标: where their money comes from, what is reserved and committed in them, what each level bears."""

from benefits.budgets.reserving import commit, envelope_for, release, reserve, reserve_in, uncommit, year_of

__all__ = ["commit", "envelope_for", "release", "reserve", "reserve_in", "uncommit", "year_of"]
