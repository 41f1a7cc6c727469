"""Runs revisions on the connection that app/upkeep.py gives, in its transaction; there is no other way in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
