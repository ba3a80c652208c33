"""Writes: one verb, one use case. A service takes a session and an actor, flushes at most and never commits."""
