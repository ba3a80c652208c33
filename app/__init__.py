"""Tilmash: news in many languages, and the translation work behind it."""
