"""Icon names of Font Awesome and Material Design, and the emoji that stand for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.flowchart import LabelRun

_MENTION = re.compile(r"\bfa[bklrs]?:fa-([a-z0-9-]+)")
_NAME = re.compile(r"(?:^|[ :])(?:fa[bklrs]?[-:]|mdi[-:])*([a-z0-9][a-z0-9-]*)$")

EMOJI: dict[str, str] = {
    "address-book": "📒", "anchor": "⚓", "apple": "🍎", "archive": "🗃️", "arrow-down": "⬇️", "arrow-left": "⬅️",
    "arrow-right": "➡️", "arrow-up": "⬆️", "balance-scale": "⚖️", "ban": "🚫", "bars": "☰", "battery-full": "🔋",
    "bed": "🛏️", "beer": "🍺", "bell": "🔔", "bicycle": "🚲", "bolt": "⚡", "bomb": "💣", "book": "📖", "bookmark": "🔖",
    "box": "📦", "brain": "🧠", "briefcase": "💼", "bug": "🐛", "building": "🏢", "bullhorn": "📣", "bullseye": "🎯",
    "bus": "🚌", "calculator": "🧮", "calendar": "📅", "camera": "📷", "car": "🚗", "cart-shopping": "🛒",
    "chart-bar": "📊", "chart-line": "📈", "chart-pie": "📊", "check": "✔️", "check-circle": "✅", "circle-check": "✅",
    "clipboard": "📋", "clock": "🕒", "cloud": "☁️", "code": "💻", "coffee": "☕", "cog": "⚙️", "cogs": "⚙️",
    "comment": "💬", "comments": "💬", "compass": "🧭", "credit-card": "💳", "crown": "👑", "cube": "🧊", "cubes": "🧊",
    "database": "🗄️", "desktop": "🖥️", "dice": "🎲", "dna": "🧬", "dollar-sign": "💲", "download": "📥", "edit": "✏️",
    "envelope": "✉️", "exclamation": "❗", "exclamation-triangle": "⚠️", "eye": "👁️", "feather": "🪶", "file": "📄",
    "file-alt": "📄", "film": "🎬", "filter": "🔽", "fire": "🔥", "flag": "🚩", "flask": "🧪", "folder": "📁",
    "folder-open": "📂", "gear": "⚙️", "gears": "⚙️", "ghost": "👻", "gift": "🎁", "glasses": "👓", "globe": "🌐",
    "graduation-cap": "🎓", "hammer": "🔨", "hand": "✋", "handshake": "🤝", "hard-drive": "💽", "heart": "❤️",
    "history": "🕘", "home": "🏠", "hospital": "🏥", "hourglass": "⏳", "house": "🏠", "id-card": "🪪", "image": "🖼️",
    "inbox": "📥", "industry": "🏭", "info": "ℹ️", "info-circle": "ℹ️", "key": "🔑", "keyboard": "⌨️", "laptop": "💻",
    "leaf": "🍃", "lightbulb": "💡", "link": "🔗", "list": "📝", "location-dot": "📍", "lock": "🔒", "magic": "🪄",
    "magnifying-glass": "🔍", "map": "🗺️", "map-marker": "📍", "microchip": "🔲", "microphone": "🎤", "microscope": "🔬",
    "mobile": "📱", "money-bill": "💵", "moon": "🌙", "mountain": "⛰️", "mug-hot": "☕", "music": "🎵", "newspaper": "📰",
    "paint-brush": "🖌️", "palette": "🎨", "paper-plane": "📨", "paperclip": "📎", "pen": "🖊️", "pencil": "✏️",
    "people-group": "👥", "phone": "📞", "plane": "✈️", "play": "▶️", "plug": "🔌", "plus": "➕", "print": "🖨️",
    "puzzle-piece": "🧩", "question": "❓", "question-circle": "❓", "recycle": "♻️", "robot": "🤖", "rocket": "🚀",
    "save": "💾", "school": "🏫", "search": "🔍", "seedling": "🌱", "server": "🗄️", "shield": "🛡️", "shield-halved": "🛡️",
    "ship": "🚢", "shopping-bag": "🛍️", "shopping-cart": "🛒", "skull": "💀", "smile": "🙂", "snowflake": "❄️",
    "spinner": "🔄", "star": "⭐", "stop": "🛑", "store": "🏪", "suitcase": "🧳", "sun": "☀️", "sync": "🔄", "table": "📋",
    "tag": "🏷️", "tags": "🏷️", "taxi": "🚕", "terminal": "💻", "thumbs-down": "👎", "thumbs-up": "👍", "ticket": "🎫",
    "times": "❌", "toolbox": "🧰", "tools": "🛠️", "train": "🚆", "trash": "🗑️", "tree": "🌳", "trophy": "🏆", "truck": "🚚",
    "tv": "📺", "umbrella": "☂️", "university": "🏛️", "unlock": "🔓", "upload": "📤", "user": "👤", "user-circle": "👤",
    "users": "👥", "utensils": "🍴", "video": "📹", "wallet": "👛", "warning": "⚠️", "water": "🌊", "wifi": "📶",
    "wind": "💨", "wrench": "🔧", "xmark": "❌",
}  # fmt: skip
"""Emoji by icon name without its prefix."""


def emoji_for(icon: str) -> str | None:
    """Return the emoji for an icon as authors write it (`fa fa-book`, `fa:user`, `mdi mdi-home`), or None."""
    found = _NAME.search(icon.strip().lower())
    return EMOJI.get(found.group(1)) if found else None


def with_icons(runs: Sequence[LabelRun]) -> tuple[LabelRun, ...]:
    """Return a label with `fa:fa-car` written as its emoji; names that have none stay as they are."""
    return tuple(
        msgspec.structs.replace(run, text=_MENTION.sub(lambda m: EMOJI.get(m.group(1), m.group(0)), run.text))
        if "fa" in run.text
        else run
        for run in runs
    )


def unknown_icons(runs: Sequence[LabelRun]) -> tuple[str, ...]:
    """Return the icon names in a label that have no emoji."""
    names = [m.group(1) for run in runs for m in _MENTION.finditer(run.text)]
    return tuple(dict.fromkeys(n for n in names if n not in EMOJI))
