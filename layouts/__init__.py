"""Values to components; nothing here can fetch."""
