"""The houses: who runs a desk, and what each has published: rules, desks, calendars."""
