"""What stands on a page about a case, line by line: values only, every text already readable."""
