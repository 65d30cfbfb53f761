"""How fast Aboveboard is, measured beside other builders on the same made-up entries."""
