"""`python -m app` is `tilmash`."""

from app.cli import main

main()
