"""The desk, where people sign in, write, review and publish: an application of its own, so readers have no session."""
