"""The weights of names: a logistic regression over what the comparison finds."""
