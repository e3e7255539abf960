"""The offline page: a picture in, one self-contained HTML file out."""

from kg.view.page import render
from kg.view.picture import NOT_AT_HAND, Edge, Fact, Node, Picture
from kg.view.positions import read_positions

__all__ = ["NOT_AT_HAND", "Edge", "Fact", "Node", "Picture", "read_positions", "render"]
