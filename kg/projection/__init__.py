"""From a view to networkx graphs: actor to actor, two-mode, and fully typed.

A partnership edge joins two actors through one activity in cooperative roles. Which roles are
cooperative is data (`sp:cooperative` in `ontology/roles.ttl`), and the level (agencies or states)
is chosen before any edge is drawn, so that a state and its own agency never become partners.
"""

from kg.projection._filter import Filter
from kg.projection._network import actor_actor, two_mode, years
from kg.projection._parts import neighbourhood, of_claims
from kg.projection._ties import Tie, issue_days, ties
from kg.projection._typed import group, realizations, typed
from kg.projection._weights import weights

__all__ = [
    "Filter",
    "Tie",
    "actor_actor",
    "group",
    "issue_days",
    "neighbourhood",
    "of_claims",
    "realizations",
    "ties",
    "two_mode",
    "typed",
    "weights",
    "years",
]
