"""Grants paid in instalments: what is owed for each milestone, the organisation's report, and what came of it."""
