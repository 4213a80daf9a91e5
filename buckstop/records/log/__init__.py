"""The append-only log of every case: its lines, their exact bytes, and who may see them."""
