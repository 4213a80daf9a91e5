"""Whole ways in a real browser."""
