"""What TeX's commands stand for: characters and the kind of atom each is (The TeXbook, chapter 17 and appendix F)."""

from __future__ import annotations

from typing import Literal

Kind = Literal["ord", "op", "bin", "rel", "open", "close", "punct", "frac"]
"""Kinds of atoms; between them stand TeX's blanks. A fraction in one line is a kind of its own."""

ORDINARY = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "omicron": "ο", "pi": "π", "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ",
    "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "partial": "∂", "nabla": "∇", "infty": "∞", "hbar": "ℏ", "ell": "ℓ", "Re": "ℜ", "Im": "ℑ",
    "aleph": "ℵ", "emptyset": "∅", "varnothing": "∅", "forall": "∀", "exists": "∃", "nexists": "∄", "neg": "¬",
    "lnot": "¬", "angle": "∠", "triangle": "△", "square": "□", "Box": "□", "bigstar": "★", "prime": "′", "degree": "°",
    "top": "⊤", "bot": "⊥", "dots": "…", "ldots": "…", "cdots": "⋯", "dotsc": "…", "dotsb": "⋯", "vdots": "⋮",
    "dag": "†", "dagger": "†", "ddagger": "‡", "imath": "ı", "jmath": "ȷ", "therefore": "∴", "because": "∵",
    "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "|": "‖", "Vert": "‖", "vert": "|", "backslash": "\\",
    "checkmark": "✓", "euro": "€", "pounds": "£", "yen": "¥", "copyright": "©",
}  # fmt: skip
"""Letters and signs."""

BINARY = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "•",
    "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "odot": "⊙", "cup": "∪", "cap": "∩", "setminus": "∖", "land": "∧",
    "wedge": "∧", "lor": "∨", "vee": "∨", "sqcup": "⊔", "sqcap": "⊓", "amalg": "⨿", "bmod": "mod",
}  # fmt: skip
"""Operations between two atoms."""

RELATIONS = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠", "neq": "≠", "lt": "<",
    "gt": ">", "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝", "ll": "≪", "gg": "≫",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "supset": "⊃", "subseteq": "⊆", "supseteq": "⊇", "perp": "⊥",
    "parallel": "∥", "mid": "∣", "vdash": "⊢", "models": "⊨", "to": "→", "rightarrow": "→", "longrightarrow": "⟶",
    "gets": "←", "leftarrow": "←", "longleftarrow": "⟵", "leftrightarrow": "↔", "Rightarrow": "⇒", "implies": "⟹",
    "Longrightarrow": "⟹", "Leftarrow": "⇐", "impliedby": "⟸", "Leftrightarrow": "⇔", "iff": "⟺", "mapsto": "↦",
    "longmapsto": "⟼", "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "hookrightarrow": "↪", "coloneqq": "≔",
    "rightleftharpoons": "⇌", "leadsto": "⇝", "colon": ":", "triangleq": "≜", "doteq": "≐", "asymp": "≍", "prec": "≺",
    "succ": "≻", "nRightarrow": "⇏", "nleq": "≰", "ngeq": "≱", "nmid": "∤", "nparallel": "∦", "subsetneq": "⊊",
}  # fmt: skip
"""What compares two sides."""

LARGE = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮", "bigcup": "⋃",
    "bigcap": "⋂", "bigvee": "⋁", "bigwedge": "⋀", "bigoplus": "⨁", "bigotimes": "⨂",
}  # fmt: skip
"""Operators that take limits."""

NAMES = (
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "log", "ln",
    "lg", "exp", "lim", "limsup", "liminf", "max", "min", "sup", "inf", "arg", "argmax", "argmin", "det", "dim", "ker",
    "deg", "gcd", "lcm", "hom", "Pr", "rank", "tr", "softmax", "sgn",
)  # fmt: skip
"""Operators with a name."""

OPENING = {
    "lbrace": "{",
    "{": "{",
    "langle": "⟨",
    "lfloor": "⌊",
    "lceil": "⌈",
    "lbrack": "[",
    "lvert": "|",
    "lVert": "‖",
}
CLOSING = {
    "rbrace": "}",
    "}": "}",
    "rangle": "⟩",
    "rfloor": "⌋",
    "rceil": "⌉",
    "rbrack": "]",
    "rvert": "|",
    "rVert": "‖",
}

BLANKS = {",": "\u00a0", ":": "\u00a0", ";": "\u00a0", " ": "\u00a0", ">": "\u00a0", "!": "", "quad": "\u00a0 ", "qquad": "\u00a0\u00a0 "}  # fmt: skip
"""Spaces an author asks for; none breaks but the wide ones, at their end."""

SILENT = (
    "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
    "Biggr", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "displaylimits", "nonumber", "notag",
    "mathstrut", "strut", "hfill", "allowbreak",
)  # fmt: skip
"""What only says how large or where something is set."""

WRITTEN = frozenset(("text", "textrm", "textbf", "textit", "textnormal", "mbox", "operatorname", "texttt", "textsf"))
"""Commands whose braces hold words."""

WRAPPING = frozenset(
    (
        "mathrm",
        "mathbf",
        "mathit",
        "mathsf",
        "mathtt",
        "mathnormal",
        "boldsymbol",
        "bm",
        "boxed",
        "pmb",
        "mathop",
        "mathord",
        "mathbin",
        "mathrel",
    )
)
"""Commands whose braces hold a formula that is set as it is: the page has one hand."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "dot": "\u0307", "ddot": "\u0308",
    "tilde": "\u0303", "widetilde": "\u0303", "vec": "\u20d7", "overrightarrow": "\u20d7", "underline": "\u0332",
    "acute": "\u0301", "grave": "\u0300", "check": "\u030c", "breve": "\u0306", "mathring": "\u030a",
}  # fmt: skip
"""Signs over letters, as combining characters."""

BOARD = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
SCRIPT = {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"}
LETTERS = {"mathbb": (BOARD, 0x1D538), "mathcal": (SCRIPT, 0x1D49C), "mathscr": (SCRIPT, 0x1D49C)}
"""Alphabets for capitals: those with a place of their own in Unicode, and where the others begin."""

PARTS = {("1", "2"): "½", ("1", "3"): "⅓", ("2", "3"): "⅔", ("1", "4"): "¼", ("3", "4"): "¾", ("1", "8"): "⅛"}
"""Fractions that are one character."""

SIGNS: dict[str, tuple[Kind, str]] = {
    "+": ("bin", "+"), "-": ("bin", "−"), "*": ("bin", "∗"), "=": ("rel", "="), "<": ("rel", "<"), ">": ("rel", ">"),
    ":": ("rel", ":"), "(": ("open", "("), "[": ("open", "["), ")": ("close", ")"), "]": ("close", "]"),
    "!": ("close", "!"), ",": ("punct", ","), ";": ("punct", ";"), "'": ("ord", "′"), "~": ("ord", "\u00a0"),
    "≤": ("rel", "≤"), "≥": ("rel", "≥"), "≠": ("rel", "≠"), "≈": ("rel", "≈"), "→": ("rel", "→"), "←": ("rel", "←"),
    "×": ("bin", "×"), "·": ("bin", "·"), "÷": ("bin", "÷"), "±": ("bin", "±"), "−": ("bin", "−"), "∈": ("rel", "∈"),
}  # fmt: skip
"""Characters that are no letters."""
