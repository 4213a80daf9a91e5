"""Tests of `buckstop.records.cases`."""
