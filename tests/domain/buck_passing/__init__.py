"""The buck-passing index."""
