"""Who gets at what: every address, query, table and start, tried by everybody it is not for."""
