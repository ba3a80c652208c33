"""What can be wrong with a translation beside its source: pure functions, the same for editor, upload, tree and shell.

`table` has one row a check and runs them all; `pair` is what they look at and what they find; the other modules hold
the checks by their subject. docs/checks.md is drawn from the table.
"""
