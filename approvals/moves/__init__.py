"""Moves 流转: what officials do with work items beside saying what they think of the case."""
