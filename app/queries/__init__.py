"""Reads: one page, one query, frozen dataclasses shaped for the page. Nothing here writes."""
