"""Forms of the officials' pages and of the public notices."""
