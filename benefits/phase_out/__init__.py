"""渐退期 after its decision: changes of the household, what came of them, its months recomputed, and its end."""
