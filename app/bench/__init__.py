"""Measurements of the program as a user runs it: the real engine in its own process, a memory of its own."""
