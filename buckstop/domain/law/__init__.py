"""The law as data and questions: what it says of the facts, and who must prove what."""
