"""The conversation by telephone: what is said, what is heard, and the keys that always mean the same.

A call is known by its provider's id, never by who seems to call. Every request is one turn; a request that comes twice
gets the same words again. Rules are those of research: channels 4.1.
"""
