"""How what is measured is asked for, and shown."""
