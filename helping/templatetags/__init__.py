"""Template tags of the helping room."""
