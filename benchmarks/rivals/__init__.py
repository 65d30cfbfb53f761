"""The same entries for other builders, each with its smallest fair theme."""
