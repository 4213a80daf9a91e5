"""Databases that older versions left, which every later one must take over whole."""
