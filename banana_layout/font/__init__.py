"""Faces, shaping and emoji: facts about fonts, measured once."""
