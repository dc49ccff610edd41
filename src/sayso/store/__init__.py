"""Keeps readings in a database, from which each is had back exactly as it was read.

Kept light: SQLAlchemy and alembic load when a database is opened (`sayso.store.store.open_store`).
"""
