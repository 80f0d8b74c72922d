"""National figures: from a publisher's file to observations, and from the database to the page."""
