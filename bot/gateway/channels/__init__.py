"""The conversation by text message, WhatsApp and telephone: the doors at which providers knock.

One message passes a row of small stages: verify (each door its own way), record (once, in the database), opt-out, then
the turn of :mod:`bot.gateway.turn` (screen, lock, engine), render, queue, send, and record what the provider reports.
"""
