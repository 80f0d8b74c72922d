"""Breaking the application on purpose, for longer than the tests may take."""
