"""Backups: database and files together, sealed; a restored site must prove itself before it serves anybody."""
