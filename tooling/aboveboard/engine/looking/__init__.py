"""Looking over a finished site, as a stranger's browser would: what its files say, and where that leads."""
