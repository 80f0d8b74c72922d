"""Questionnaires: what is asked of whom, answers on their way and sent, and what may be shown of them."""
