"""The PIN of a case, and what the hotline tells whoever says it."""
