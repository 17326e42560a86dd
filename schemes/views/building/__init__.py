"""Pages in which a scheme is made: a document is split, every part is filled in, tried, and handed in."""
