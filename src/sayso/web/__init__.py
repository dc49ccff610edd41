"""The workbench: pages on the record, for a browser."""
