"""What the tree and a repository of git's have to tell each other: decisions alone, no git (`storage.repository`)."""
