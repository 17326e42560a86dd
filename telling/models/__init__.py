"""The tables of the telling room."""
