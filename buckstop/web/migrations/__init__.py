"""The steps that lead to today's table."""
