"""The joint questionnaire: a SWV and a gemeente lay their answers side by side and agree on a third."""
