"""The door for people: pages, buttons, forms."""
