"""What Tilmash costs, measured as ratios in one run: `make bench`."""
