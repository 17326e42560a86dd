"""A village clerk's roster: whom they help, what waits for each, and applications begun from it."""
