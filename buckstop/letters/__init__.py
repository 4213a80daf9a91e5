"""Writes: what people get to see on paper, in a picture or in a letter."""
