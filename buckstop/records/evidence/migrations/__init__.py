"""The steps by which the tables of the evidence came to be."""
