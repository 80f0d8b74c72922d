"""Rules, arithmetic, access and the database; nothing below the factory knows Dash."""
