"""Pages of the officials, and the public notices."""
