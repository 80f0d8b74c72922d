"""Accounts: who there is, what they may do, and how they set a password. Every act writes its audit row."""

from app.accounts.first import NO_ADMIN, create_demo_accounts, has_active_admin, make_first_admin
from app.accounts.grants import grant, revoke
from app.accounts.links import find_link_owner, make_password_link, use_password_link
from app.accounts.people import (
    change_password,
    change_user,
    create_user,
    disable_user,
    enable_user,
    end_all_sessions,
    get_user,
    hold_account,
    list_users,
    load_own_words,
    store_rehash,
)

__all__ = [
    "NO_ADMIN",
    "change_password",
    "change_user",
    "create_demo_accounts",
    "create_user",
    "disable_user",
    "enable_user",
    "end_all_sessions",
    "find_link_owner",
    "get_user",
    "grant",
    "has_active_admin",
    "hold_account",
    "list_users",
    "load_own_words",
    "make_first_admin",
    "make_password_link",
    "revoke",
    "store_rehash",
    "use_password_link",
]
