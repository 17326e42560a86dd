"""Photos of posted notices: that the sheet hung in the village, and on which days."""
