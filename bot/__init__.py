"""Sevensteps: a conversational assistant for the Resource Allocation System and support plans."""
