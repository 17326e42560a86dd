"""Destruction of what has been kept long enough: proposed by the clock, examined by one, confirmed by another."""
