"""The door for people, through HTTP."""
