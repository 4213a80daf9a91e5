"""How it runs: which workers are alive, and what operators did to the whole."""
