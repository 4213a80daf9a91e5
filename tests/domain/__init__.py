"""The domain: plain Python, tested without Django."""
