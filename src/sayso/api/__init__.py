"""The record over HTTP for programs, under `/api/v1`."""
