"""Buckstop (管到底): the after-sales dispute desk that never drops the ball."""
