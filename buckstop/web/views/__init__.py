"""One module for each subject; a view reads the request, asks one thing, answers."""
