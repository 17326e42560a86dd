"""Pages of this room: who holds which post."""
