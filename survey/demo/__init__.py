"""Rounds with invented answers, so that a new installation shows what questionnaires give. Nobody is in them.

What holds for a demo round:

- It has `is_demo`, and every page, export and document that shows something of it says so
  (`app.wording.INVENTED`; `_verzonnen.html` and `layouts.components.invented` write it).
- It is compared with demo rounds only, and a real round never with a demo round: a query over rounds of
  others carries `same_kind(round_)` of `survey.demo.rule`.
- Nobody gets a mail of it: its addresses are on example.org, and sending leaves demo rounds out.
- Removing the demo rounds removes every row of theirs: they hang on the round, and go with it.

Response is as people expect it to be (DOMAIN.md b.10): of professionals 25 to 45 in a hundred, of policy
officers 60 to 90; how many parents got an open link is not known. Theme scores lie around 3.2 to 3.9, and
parents give 7.1.
"""
