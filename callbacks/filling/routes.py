"""The pages of one questionnaire, the same behind a link and behind an account."""

from collections.abc import Callable, Sequence

from flask.typing import ResponseReturnValue

from callbacks.filling import autosave, declining, finish, hub, screens

View = Callable[..., ResponseReturnValue]

ROUTES: Sequence[tuple[str, str, str, View]] = (
    ("", "hub", "GET", hub.show_hub),
    ("/geopend", "opened", "POST", hub.note_opened),
    ("/beginnen", "begin", "POST", hub.begin),
    ("/verder", "resume", "GET", hub.show_resume),
    ("/<section>/<int:number>", "screen", "GET", screens.show_screen),
    ("/<section>/<int:number>", "screen_send", "POST", screens.keep_screen),
    ("/opslaan", "save", "POST", autosave.save_answers),
    ("/controle", "review", "GET", finish.show_review),
    ("/versturen", "send", "POST", finish.send),
)
"""End of the address, name, method, what answers."""

LINK_ROUTES: Sequence[tuple[str, str, str, View]] = (
    *ROUTES,
    ("/niet-meedoen", "decline", "GET", declining.show_question),
    ("/niet-meedoen", "decline_send", "POST", declining.stop),
    ("/toch-meedoen", "take_part", "POST", declining.take_part),
)
"""Who answers for themselves can say no; an organisation is asked as such."""
