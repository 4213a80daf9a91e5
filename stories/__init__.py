"""Whole stories in virtual time: run as tests, and by `buckstop story`."""
