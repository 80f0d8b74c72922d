"""Questionnaires: definitions, answers and results. Empty until the questionnaires are built."""
