"""Benchmarks: our figures against their targets, and side by side with stock Rasa. Run with ``make bench``."""
