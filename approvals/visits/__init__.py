"""Visits 入户核查: planning by area, the report of two officials, photos, and what pages show of them."""
