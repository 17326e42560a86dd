"""The tables of the helping room."""
