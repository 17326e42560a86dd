"""What the bank tells of a batch: return files, what came back, and what is collected of claims."""
