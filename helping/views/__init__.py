"""Pages of the helping room."""
