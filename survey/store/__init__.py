"""Answers on their way: doors, drafts, saving, sending exactly once, receipts and taking back."""

from survey.store.declining import decline, take_part
from survey.store.doors import Door, Kind, find_account_door, find_door
from survey.store.drafts import Draft, begin, is_declined, is_sent, load_draft, mark_opened
from survey.store.guesses import GUESSES, STARTS, Throttle, count_try
from survey.store.receipts import Receipt, find_receipt, repeated_receipt, withdraw
from survey.store.saving import Change, Saved, save
from survey.store.sending import Sending, send

__all__ = [
    "GUESSES",
    "STARTS",
    "Change",
    "Door",
    "Draft",
    "Kind",
    "Receipt",
    "Saved",
    "Sending",
    "Throttle",
    "begin",
    "count_try",
    "decline",
    "find_account_door",
    "find_door",
    "find_receipt",
    "is_declined",
    "is_sent",
    "load_draft",
    "mark_opened",
    "repeated_receipt",
    "save",
    "send",
    "take_part",
    "withdraw",
]
