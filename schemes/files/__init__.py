"""The policy as files: read, checked with the line that is wrong, loaded into the database and written out again."""
