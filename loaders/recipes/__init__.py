"""Recipes: how to read one kind of table, written in TOML; and the one reader that follows them."""
