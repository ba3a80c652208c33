"""Where things are kept: tables on SQLite and PostgreSQL, media files, the journal, the files of the tree."""
