"""What a person keeps, in the database: groups of regions, views, and the version of the last visit.

Everything is looked up with the person's own number: what is another's does not exist here.
"""

from app.selections.groups import delete_group, load_every_group, load_own_group, load_own_groups, save_group
from app.selections.kept import Kept, count_kept
from app.selections.views import delete_view, load_views, save_view
from app.selections.visits import record_visit

__all__ = [
    "Kept",
    "count_kept",
    "delete_group",
    "delete_view",
    "load_every_group",
    "load_own_group",
    "load_own_groups",
    "load_views",
    "record_visit",
    "save_group",
    "save_view",
]
