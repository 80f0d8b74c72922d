"""`make bench`: what the pages cost, as a ratio to an empty Dash callback in the same run."""
