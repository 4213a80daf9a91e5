"""One case: its facts, what is so after them, what is allowed, and what follows."""
