"""Run by Alembic; the connection comes from ``corpus.database``."""

from alembic import context

from corpus.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
