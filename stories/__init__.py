"""Stories that must come out right: scripts in virtual time, by the product's own commands."""
