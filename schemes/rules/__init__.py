"""The rules: pure functions from facts and policy values to an explained result.

Nothing in here knows Django, a clock or a database; every number is a Decimal or an int.
"""
