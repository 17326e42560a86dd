"""A scheme made in pages: a document is split and compared, a package of everything is drafted, tried and published."""
