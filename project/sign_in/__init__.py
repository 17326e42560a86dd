"""Signing in: passwords and their rules, second factors, sessions and their ends, locks, the identity service."""
