"""Pictures for people who would rather look: one file a picture, vector, offline, captioned.

A picture module has `draw(view, **options) -> Picture`. Drawing needs the extra `kg[pictures]`.
"""
