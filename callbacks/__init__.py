"""What the user does: take, allow, load, compute, show."""
