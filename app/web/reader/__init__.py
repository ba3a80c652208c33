"""The readers' face: made from what is published and nothing else, so that it cannot show a draft."""
