"""Where drafts, answers, messages and the audit are kept: SQLite by default, PostgreSQL in production.

Start with :func:`bot.store.migrate.upgrade`, make one :class:`bot.store.database.Database` for each process, and do
everything inside ``with database.write() as tx`` or ``with database.read() as tx``. One idea is one file: ``drafts``,
``answers``, ``conversations``, ``messages``, ``replies``, ``leases``, ``resume``, ``pins``, ``members``,
``allocations``, ``plan_versions``, ``safety``, ``outbox``, ``contact``, ``jobs``, ``audit``, ``staff_sessions``.
What is changed in one ``write`` is kept together with its audit rows, or not at all.

Personal text is encrypted (``crypto``). Nothing here reads a clock: the time is an argument, with its zone.
"""
