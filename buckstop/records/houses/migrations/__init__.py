"""The steps by which the tables of the houses came to be."""
