"""Officials and the course of a phase-out: recording changes, settling them, and its months explained."""
