"""Tags that show applicants what officials know."""
