"""文书生成: what waits to be made into paper, what failed and why, and giving it another try."""
