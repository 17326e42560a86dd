"""The same paper in other forms: large print, kept once made, and plain text; and which form somebody wishes for."""
