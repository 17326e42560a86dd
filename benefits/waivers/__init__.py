"""The life of a waiver after its decision: agreement, refunds, yearly checks, changes, revival and end."""
