"""The kinds of incident: one YAML file a kind, with its triggers for each language and its codes in other schemes."""
