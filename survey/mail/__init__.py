"""Mail about a round: standard texts, what waits to be sent, and sending it."""
