"""The types that stages pass on: nothing here reads, guesses or stores."""
