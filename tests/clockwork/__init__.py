"""Tests of `buckstop.clockwork`."""
