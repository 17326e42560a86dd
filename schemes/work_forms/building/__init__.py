"""Forms of the editor in which a scheme is made page by page: each reads a part of a package and writes it back."""
