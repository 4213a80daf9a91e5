"""The steps by which the tables of the cases came to be."""
