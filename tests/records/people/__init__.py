"""The people and what is personal."""
