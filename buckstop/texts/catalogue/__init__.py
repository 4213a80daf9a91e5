"""Sentences by code, one file for each area and language."""
