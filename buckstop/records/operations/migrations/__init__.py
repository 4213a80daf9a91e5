"""The steps by which the tables of the operators came to be."""
