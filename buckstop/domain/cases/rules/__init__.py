"""What is allowed, and what follows: one aspect a file."""
