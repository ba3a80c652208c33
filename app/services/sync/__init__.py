"""The tree and the database in step, both ways (design, *Where the truth is*)."""
