"""Forms of the helping room."""
