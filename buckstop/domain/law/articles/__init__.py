"""One module per topic: what the rows say of one kind of problem."""
