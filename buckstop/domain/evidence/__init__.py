"""What proves that a record was not changed: digests and the chain."""
