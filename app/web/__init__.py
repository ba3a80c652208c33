"""Faces in the browser: parse a request, call one use case, render. Owns the transaction."""
