"""The judge: boosted trees that weigh what the rules found against what the model sees."""
