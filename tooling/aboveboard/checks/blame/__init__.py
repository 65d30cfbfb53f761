"""BL: language that blames people. `rules` has the rules; the constructs and the words are beside it."""
