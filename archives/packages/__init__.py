"""Sealed packages: asked for, made by a worker, kept for some days, checked outside the system by their own script."""
