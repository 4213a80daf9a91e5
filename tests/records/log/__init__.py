"""The log of a case."""
