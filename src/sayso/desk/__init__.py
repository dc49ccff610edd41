"""What people do with the record: look over it, correct it, review it, keep cases. Knows nothing of HTTP."""
