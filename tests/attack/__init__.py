"""The attacker test (TRUST P-11): random rounds, everything that anybody can see, and what follows."""
