"""保管期限: how long a file is kept, as dated data."""

from archives.retention.rules import Rule, expiry_of, longest, rule_for

__all__ = ["Rule", "expiry_of", "longest", "rule_for"]
