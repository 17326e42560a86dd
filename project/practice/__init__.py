"""演练: a site of its own for new staff, with the county's own rules and offices and nobody's data.

A real site writes what practice needs to a file (`practice_export`); the practice site loads it into its own database
and invents cases (`practice_load`). Nothing done there can reach a real case, payment or statistic.
"""
