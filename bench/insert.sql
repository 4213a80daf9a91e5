INSERT INTO bench_row (said) VALUES ('one row that is on disk before anybody is told so');
