"""Faces without a browser: the synchroniser and the background worker. They own their transactions."""
