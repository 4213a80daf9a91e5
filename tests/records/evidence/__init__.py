"""Tests of `buckstop.records.evidence`."""
