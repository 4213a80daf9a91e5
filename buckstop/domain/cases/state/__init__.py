"""What is so after the facts: one aspect a file, put together in `case`."""
