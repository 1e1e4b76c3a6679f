"""What professionals do with a family's draft, as rules: statuses, comments, moderation, decisions, living, looking back.

Pure: no network, no database, no web framework; the day is an argument. Pages and the API are in :mod:`bot.review`,
rows in :mod:`bot.store`, and what the family says to it in :mod:`bot.plans.after`.
"""
