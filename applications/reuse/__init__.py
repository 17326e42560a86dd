"""What was told and handed in before, taken over into a new application: only with a tick, only of the same person."""
