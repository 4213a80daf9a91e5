"""Stories that must come out right: scripts in virtual time, through the commands of the product."""
