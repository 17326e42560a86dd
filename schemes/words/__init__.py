"""Definitions, values and routes as people read them, and how two versions differ."""
