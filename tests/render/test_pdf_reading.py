"""What a screen reader hears: words in their order and apart, links whole, notes, languages, cells that head something."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from banana_layout.pipeline import layout, read, to_pdf
from banana_layout.render.pdf.language import language, spelled
from banana_layout.render.pdf.preset import Press, preset
from tests.render.judges import failures, program, vera


def heard(text: str, kind="screen", lang: str = "en", theme: str = "plain") -> str:
    """Return the structure tree of a sheet as one line: types, attributes and words in reading order."""
    return told(to_pdf(layout(read(f"---\ntheme: {theme}\nlang: {lang}\n---\n{text}")), kind))


def told(data: bytes) -> str:
    """Return the structure tree of a file likewise."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        words = {page.obj.objgen: _marked(page) for page in pdf.pages}
        return _read(pdf.Root["/StructTreeRoot"]["/K"], words)


def _read(element, words) -> str:
    """Return one element."""
    out = str(element["/S"])[1:]
    for key in ("/Alt", "/ActualText", "/Lang", "/ID"):
        out += f" {key[1:]}={element[key]}" if key in element else ""
    held = element.get("/K", pikepdf.Array())
    inner = []
    for kid in held if isinstance(held, pikepdf.Array) else [held]:
        if not isinstance(kid, pikepdf.Dictionary):
            inner.append(f"'{words[element['/Pg'].objgen][int(kid)]}'")
        elif "/S" in kid:
            inner.append(_read(kid, words))
        else:
            inner.append(f"OBJR {str(kid['/Obj']['/Contents'])!r}")
    return f"{out}({' '.join(inner)})"


def _marked(page) -> dict[int, str]:
    """Return the characters of each marked content of a page."""
    maps, out, now, font = {}, {}, None, ""
    for name, one in page.obj["/Resources"].get("/Font", {}).items():
        rows = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", one["/ToUnicode"].read_bytes())
        maps[name] = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}
    for i in pikepdf.parse_content_stream(page):
        op = str(i.operator)
        if op in ("BMC", "BDC"):
            now = int(i.operands[1]["/MCID"]) if op == "BDC" else None
            out[now] = ""
        elif op == "Tf":
            font = str(i.operands[0])
        elif op == "TJ":
            data = b"".join(bytes(part) for part in i.operands[0] if isinstance(part, pikepdf.String))
            out[now] += "".join(maps[font].get(data[k] << 8 | data[k + 1], "") for k in range(0, len(data), 2))
    return out


def test_a_link_is_read_where_it_stands():
    """Words before a link are read before it, words behind it behind it."""
    tree = heard("## P\n\nGo [there](https://example.org) and [back](https://example.com) now.\n")
    assert "P('Go ' Link('there' OBJR 'there') ' and ' Link('back' OBJR 'back') ' now.')" in tree


def test_a_link_of_several_lines_is_one_link():
    """All its lines hang under one element, and each of its areas says all its words."""
    words = "a text that is much longer than a line of this small page can ever hold, so that it goes on and on " * 2
    tree = heard(f"## P\n\nSee [{words}](https://example.org) here.\n")
    (link,) = re.findall(r"Link\(.*?\)(?= ' here|\))", tree)
    said = re.findall(r"OBJR '([^']*)'", link)
    assert len(said) > 1
    assert set(said) == {words.strip()}
    assert tree.count("Link(") == 1


def test_two_links_to_one_place_stay_two():
    """Links beside each other on a line are not one, even when they lead to the same place."""
    tree = heard("## P\n\n[one](https://example.org) [two](https://example.org)\n")
    assert tree.count("Link(") == 2


def spoken(tree: str) -> str:
    """Return what is read out of a tree: words, or what stands for them."""
    return "".join(
        shown or stands for stands, shown in re.findall(r"ActualText=([^()]*?)(?: Lang=\w+)?\(|'([^']*)'", tree)
    )


@pytest.mark.parametrize("outlined", [False, True])
def test_words_at_the_end_of_a_line_are_apart(outlined):
    """A space stands between the last word of a line and the first of the next, none where a word itself is broken."""
    text = "Every word of this paragraph stands apart from the next, wherever the line ends, 한글도 그렇다 🍌 " * 4
    tree = heard(f"## P\n\n{text}and {'x' * 150} end.\n", preset("print", Press(outline_text=outlined)))
    whole = spoken(re.sub(r"Span ActualText=🍌\('🍌'\)", "'🍌'", tree))
    assert whole == f"P{text}and {'x' * 150} end."


def test_lines_the_author_ended_are_apart():
    """Words on both sides of a hard break are two."""
    assert "'one ' 'two'" in heard("## P\n\none\\\ntwo\n")


@pytest.mark.parametrize("kind", ["screen", "print"])
def test_notes_are_notes_and_their_marks_references(kind):
    """A footnote is a Note with a name and a label, its mark a Reference, and on screens the mark leads to the note."""
    tree = heard("## P\n\nA claim[^a] and another[^b].\n\n[^a]: First.\n[^b]: Second.\n", kind)
    mark = "Reference(Link('1' OBJR '1'))" if kind == "screen" else "Reference(Span('1'))"
    assert f"P('A claim' {mark} ' and another' " in tree
    assert "Div(Note ID=note-00001(Lbl('1') P('First.')) Note ID=note-00002(Lbl('2') P('Second.')))" in tree


def test_a_definition_list_is_a_list():
    """Terms are labels, what they mean are bodies."""
    tree = heard("## P\n\nTerm\n: First.\n: Second.\n\nOther\n: Third.\n")
    assert "L(LI(Lbl('Term') LBody(P('First.') P('Second.'))) LI(Lbl('Other') LBody(P('Third.'))))" in tree


def test_empty_cells_head_nothing():
    """A table's empty head cells are no headers; the others are."""
    tree = heard("## P\n\n| a | | c |\n|---|---|---|\n| 1 | 2 | 3 |\n")
    assert "TR(TH('a') TD() TH('c'))" in tree


@pytest.mark.parametrize(
    ("own", "text", "wanted"),
    [
        ("ko", "우리는 machine learning 을 배운다.", "P('우리는 ' Span Lang=en('machine learning ') '을 배운다.')"),
        ("ko", "우리는 RAG를 쓴다.", "P('우리는 RAG를 쓴다.')"),
        ("ko", "Only English words here.", "P Lang=en('Only English words here.')"),
        ("en", "The word 나무 means tree.", "P('The word ' Span Lang=ko('나무 ') 'means tree.')"),
        ("ko", "これはかな。", "P Lang=ja('これはかな。')"),
        ("ko", "그는 おはよう 라고 했다.", "P('그는 ' Span Lang=ja('おはよう ') '라고 했다.')"),
        ("ko", "English [한국어](https://example.org)", "P Lang=en('English ' Link Lang=ko('한국어' OBJR '한국어'))"),
    ],
)
def test_languages_are_told_where_they_change(own, text, wanted):
    """A stretch in another language than what is around it says so; what is alike around it says nothing."""
    assert wanted in heard(f"## 가\n\n{text}\n", lang=own)


def test_scripts_tell_languages():
    """Hangul is Korean, kana Japanese, Latin words English among them; mixtures and bare Hanja tell nothing."""
    found = [language(t, "ko") for t in ("한글", "かな漢字", "words", "한글 words", "漢字", "12", "é", "日本 words")]
    assert found == ["ko", "ja", "en", "", "", "", "", ""]
    assert [language(t, "de") for t in ("Wörter", "한글", "Worte")] == ["de", "ko", "de"]
    assert language("한글", "ko-KR") == "ko-KR"


def test_characters_for_private_use_are_spelled(tmp_path):
    """A character that means nothing to others is told by its number, in diagrams too, as PDF/A-2a demands."""
    text = "## P\n\nicon \ue0a0 here\n\n```mermaid\nflowchart LR\n  a[\ue0a1 x] --> b\n```\n"
    tree = heard(text)
    assert "Span ActualText=U+E0A0('\ue0a0')" in tree
    assert "Alt=U+E0A1 x → b" in tree
    path = tmp_path / "private.pdf"
    path.write_bytes(to_pdf(layout(read(text))))
    assert failures(vera("2a,ua1", path)) == []
    assert spelled("a\ue000b\U000f0000") == "aU+E000bU+F0000"


def test_every_figure_says_something_and_stands_somewhere():
    """A picture whose words are blank is told by its file; an arrow between panels has a box."""
    assert "Figure Alt=gone.png(" in heard("## P\n\n![ ](gone.png)\n")
    text = "---\ntheme: plain\nlayout:\n  - 50: a\n  - 50: b\nconnectors:\n  - {from: a, to: b}\n---\n## A\n\nx\n\n## B\n\ny\n"
    with pikepdf.open(io.BytesIO(to_pdf(layout(read(text))))) as pdf:
        figures = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure" and "/P" in o
        ]
        boxes = [[float(v) for v in f["/A"]["/BBox"]] for f in figures]
    assert boxes
    assert all(b[2] > b[0] and b[3] > b[1] for b in boxes)


def test_an_emoji_of_two_glyphs_is_copied_everywhere(tmp_path):
    """A face and a colour of skin that no picture joins are two glyphs: each keeps its own character, in mupdf too."""
    path = tmp_path / "emoji.pdf"
    path.write_bytes(to_pdf(layout(read("---\nlang: en\n---\n## P\n\nab 😀🏻 cd\n"))))
    for shown in (program("pdftotext", str(path), "-"), program("mutool", "draw", "-q", "-F", "txt", str(path))):
        assert shown is None or "ab😀🏻cd" in "".join(shown.split())
