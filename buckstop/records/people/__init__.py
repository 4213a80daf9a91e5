"""The people: accounts, roles, who may see what, and the vault of personal text."""
