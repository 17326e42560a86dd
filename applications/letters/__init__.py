"""Papers about a case: put together, issued in the name of an office, frozen with the key of the case."""
