"""Benchmarks: measured, never asserted. Each prints one JSON line per variant."""
