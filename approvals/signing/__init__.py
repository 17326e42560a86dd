"""Two persons decide: the first proposes, the second agrees to exactly that, and only then it is done."""
