"""DECIDES: plain Python. No Django, no clock, no network, no randomness."""
