"""Emoji that stand in for Font Awesome icons."""

from __future__ import annotations

_TABLE = """
adjust 🌓|ambulance 🚑|anchor ⚓|archive 🗄|archway 🏛|atom ⚛|ban 🚫|balance-scale ⚖|bars ☰|battery-full 🔋|bed 🛏|beer 🍺
bell 🔔|bicycle 🚲|bolt ⚡|bomb 💣|book 📖|book-open 📖|bookmark 🔖|box 📦|boxes 📦|brain 🧠|briefcase 💼|bug 🐛|building 🏢
bullhorn 📢|bullseye 🎯|bus 🚌|calculator 🧮|calendar 📅|calendar-alt 📅|calendar-check 📅|camera 📷|camera-retro 📷
car 🚗|cat 🐈|chart-bar 📊|chart-line 📈|chart-pie 📊|check ✅|check-circle ✅|check-square ☑|child 🧒|circle ⚫
clipboard 📋|clipboard-list 📋|clock ⏰|cloud ☁|cloud-upload ☁|cloud-download ☁|code 💻|coffee ☕|cog ⚙|cogs ⚙|comment 💬
comments 💬|compass 🧭|copy 📄|credit-card 💳|cube 🧊|cubes 🧊|cut ✂|database 🗄|desktop 🖥|dog 🐕|dollar-sign 💵|download ⬇
edit ✏|envelope ✉|envelope-open ✉|exclamation ❗|exclamation-circle ❗|exclamation-triangle ⚠|eye 👁|fan 🌀|female 👩
file 📄|file-alt 📄|file-code 📄|film 🎬|filter 🔽|fire 🔥|flag 🚩|flag-checkered 🏁|flask 🧪|folder 📁|folder-open 📂
futbol ⚽|gamepad 🎮|gavel 🔨|gear ⚙|gears ⚙|gem 💎|gift 🎁|globe 🌐|graduation-cap 🎓|hammer 🔨|hand-paper ✋|handshake 🤝
hdd 💾|headphones 🎧|heart ❤|home 🏠|hospital 🏥|hourglass ⏳|house 🏠|image 🖼|inbox 📥|industry 🏭|info ℹ|info-circle ℹ
key 🔑|keyboard ⌨|laptop 💻|laptop-code 💻|leaf 🍃|lemon 🍋|lightbulb 💡|link 🔗|list 📋|lock 🔒|lock-open 🔓|magic ✨
magnet 🧲|male 👨|map 🗺|map-marker 📍|map-marker-alt 📍|medal 🏅|microchip 🖥|microphone 🎤|microscope 🔬|mobile 📱|mobile-alt 📱
money-bill 💵|moon 🌙|mouse 🖱|mug-hot ☕|music 🎵|network-wired 🌐|newspaper 📰|paint-brush 🖌|palette 🎨|paper-plane ✈
paperclip 📎|paw 🐾|pen 🖊|pencil ✏|pencil-alt ✏|percent 💯|phone 📞|phone-alt 📞|plane ✈|play ▶|plug 🔌|plus ➕
poo 💩|print 🖨|puzzle-piece 🧩|question ❓|question-circle ❓|recycle ♻|redo 🔁|robot 🤖|rocket 🚀|ruler 📏|save 💾|school 🏫
search 🔍|seedling 🌱|server 🗄|share ↗|shield 🛡|shield-alt 🛡|ship 🚢|shopping-bag 🛍|shopping-cart 🛒|sign-in-alt ➡
sign-out-alt ⬅|skull 💀|smile 🙂|snowflake ❄|spider 🕷|spinner ⏳|square ◼|star ⭐|stop ⏹|stopwatch ⏱|store 🏪|subway 🚇
sun ☀|sync 🔄|table 📊|tablet 📱|tag 🏷|tags 🏷|tasks ☑|taxi 🚕|terminal 💻|thermometer 🌡|thumbs-down 👎|thumbs-up 👍
thumbtack 📌|ticket-alt 🎫|times ❌|times-circle ❌|tint 💧|toolbox 🧰|tools 🛠|tooth 🦷|train 🚆|trash 🗑|trash-alt 🗑|tree 🌳
trophy 🏆|truck 🚚|tv 📺|twitter 🐦|umbrella ☂|undo ↩|university 🏛|unlock 🔓|upload ⬆|user 👤|user-circle 👤|user-md 🧑|users 👥
utensils 🍴|video 🎥|volume-up 🔊|wallet 👛|warehouse 🏬|water 🌊|wifi 📶|wind 💨|wine-glass 🍷|wrench 🔧|xmark ❌
android 🤖|apple 🍎|bitcoin 💰|docker 🐳|github 🐙|linux 🐧|python 🐍|truck-bold 🚚
"""

_SYMBOLS: dict[str, str] = {
    name: emoji for name, _, emoji in (entry.partition(" ") for entry in _TABLE.strip().replace("\n", "|").split("|"))
}


def symbol(name: str) -> str | None:
    """Return the emoji for an icon's name without `fa-`, such as `car`; None when there is none."""
    return _SYMBOLS.get(name.lower())
