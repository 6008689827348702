"""Alembic's way in: it works on the connection that opened the docket."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
