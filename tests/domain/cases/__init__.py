"""Tests of the rules of a case, each named after the rule it proves."""
