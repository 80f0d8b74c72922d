"""Pages about questionnaires, made on the server: they work without JavaScript."""
