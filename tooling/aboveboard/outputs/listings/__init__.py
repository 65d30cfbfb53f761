"""Pages that gather: the home page, indexes, registers, figures."""
