"""Alembic runs env.py and nothing can import it by itself, so the doctest run leaves it out."""

collect_ignore = ["env.py"]
