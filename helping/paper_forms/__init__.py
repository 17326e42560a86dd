"""Printed application forms: filled in as far as is known, signed by hand, and filed again by their QR codes."""
