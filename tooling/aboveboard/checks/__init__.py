"""Checks: one generator per rule; a rule's docstring is its documentation. They read, and never write."""
