"""Shared values, above all the calendar."""
