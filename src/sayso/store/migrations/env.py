"""Runs the migrations on the connection, and in the transaction, of whoever asks (`sayso.store.database`)."""

from alembic import context

from sayso.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
