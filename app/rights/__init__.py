"""Rights of people whose data this is: showing, erasing, erasing again, and knowing who a leak touches."""
