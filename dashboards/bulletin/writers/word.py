"""The bulletin as a Word file in the layout of official documents: A4, 仿宋 body, 黑体 headings, three-line tables.
Tables are written by wordtables; no figure is computed here."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx as library
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dashboards.bulletin.blocks import Annex, Block, Document, Figure, Heading, Paragraph, Table
from dashboards.bulletin.writers import typeset
from dashboards.bulletin.writers.wordtables import table_xml

LATIN = "Times New Roman"
FACES = {"body": "仿宋", "head": "黑体", "title": "方正小标宋简体", "table": "宋体"}
# What stands in for a face that a machine does not have, in the font table of the file.
STAND_INS = {
    "仿宋": "FangSong,FangSong_GB2312,STFangsong,Noto Serif CJK SC",
    "黑体": "SimHei,STHeiti,Noto Sans CJK SC",
    "方正小标宋简体": "FZXiaoBiaoSong-B05S,Noto Serif CJK SC",
    "宋体": "SimSun,STSong,Noto Serif CJK SC",
}
UPRIGHT = {"top": 37, "bottom": 32, "left": 28, "right": 26}
LINE = {"zh": Pt(28), "en": Pt(17)}
SIZE = {"zh": 16, "en": 11.5}


def docx(document: Document, published_at: datetime | None) -> bytes:
    """The file's bytes; the snapshot's time stands for when it was made."""
    file = library.Document()
    _styles(file, document.lang)
    _section(file.sections[0], is_wide=False)
    if document.letterhead.text:
        head = file.add_paragraph(document.letterhead.text, style="Title")
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.runs[0].font.color.rgb = RGBColor(0xB3, 0x26, 0x1E)
    title = file.add_paragraph(document.title.text, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    is_wide = False
    for block in document.blocks:
        if isinstance(block, Annex):
            is_wide = _annex(file, block, is_wide)
        else:
            _block(file, block, document.lang, is_wide=is_wide)
    _font_table(file)
    _properties(file, document, published_at)
    target = BytesIO()
    file.save(target)
    return _sealed(target.getvalue())


def _block(file: Any, block: Block, lang: str, *, is_wide: bool) -> None:
    if isinstance(block, Heading):
        space = "" if lang == "zh" else " "
        file.add_paragraph(f"{block.number}{space}{block.said.text}", style=f"Heading {block.level}")
    elif isinstance(block, Paragraph):
        _paragraph(file, block)
    elif isinstance(block, Table):
        _caption(file, f"{block.number}\u2002{block.caption.text}", keep=True)
        file.element.body.insert(len(file.element.body) - 1, parse_xml(table_xml(block, is_wide=is_wide)))
        _note(file, block.note.text)
    elif isinstance(block, Figure):
        picture = file.add_paragraph(style="Picture")
        shape = picture.add_run().add_picture(BytesIO(typeset.picture(block.svg)), width=Mm(156))
        shape._inline.docPr.set("descr", block.caption.text)
        _caption(file, f"{block.number}\u2002{block.caption.text}", keep=False)
        _note(file, block.note.text)


def _paragraph(file: Any, block: Paragraph) -> None:
    paragraph = file.add_paragraph(f"{block.number}{block.said.text}" if block.style == "list" else "")
    if block.style != "list":
        paragraph.add_run(f"{block.number} {block.said.text}" if block.number else block.said.text)
    if block.number:  # figures with their n do not break: justified lines would be torn apart
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if block.style in ("salute", "label"):
        _indent(paragraph, 0)
    if block.style == "label":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.runs[0].font.size = Pt(12)
    if block.style == "list" and "1." in block.number:
        paragraph.paragraph_format.space_before = Pt(14)
    if block.style == "signature":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _caption(file: Any, text: str, *, keep: bool) -> None:
    caption = file.add_paragraph(text, style="Caption")
    caption.paragraph_format.keep_with_next = keep


def _note(file: Any, text: str) -> None:
    file.add_paragraph(text, style="Note")


def _annex(file: Any, block: Annex, is_wide: bool) -> bool:
    """A wide section begins with the first annex, a page with each."""
    if is_wide:
        file.add_page_break()
    else:
        _section(file.add_section(WD_SECTION.NEW_PAGE), is_wide=True)
    number = file.add_paragraph(block.number, style="Heading 2")
    _indent(number, 0)
    title = file.add_paragraph(block.said.text, style="Heading 1")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _indent(title, 0)
    return True


def _section(section: Any, *, is_wide: bool) -> None:
    long, short = Mm(297), Mm(210)
    section.page_width, section.page_height = (long, short) if is_wide else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    for side, size in UPRIGHT.items():
        setattr(section, f"{side}_margin", Mm(18) if is_wide else Mm(size))
    section.footer_distance = Mm(8 if is_wide else 22)
    footer = section.footer.paragraphs[0]
    if not is_wide:
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _indent(footer, 0)
        for part in ("— ", None, " —"):
            footer._p.append(parse_xml(_page_number() if part is None else _footer_run(part)))


def _footer_run(text: str) -> str:
    return f'<w:r {nsdecls("w")}><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _page_number() -> str:
    run = '<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r>'
    return f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">{run}</w:fldSimple>'


def _styles(file: Any, lang: str) -> None:
    styles, size = file.styles, SIZE[lang]
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal = styles["Normal"]
    _face(normal, "body", size)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = LINE[lang]
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _indent(normal, 2)
    for name in ("Heading 1", "Heading 2"):
        _face(styles[name], "head", size)
        styles[name].paragraph_format.space_before = styles[name].paragraph_format.space_after = Pt(4)
    _face(styles["Title"], "title", 20 if lang == "zh" else 17, bold=True)
    for border in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    title = styles["Title"].paragraph_format
    title.line_spacing, title.space_after = Pt(36), Pt(24)
    _face(styles["Caption"], "head", 11)
    for name, face, points in (("Note", "table", 8.5), ("Picture", "body", size)):
        _face(styles.add_style(name, 1), face, points)
        styles[name].base_style = normal
    styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Title", "Caption", "Note", "Picture", "Footer"):
        _indent(styles[name], 0)
        styles[name].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    styles["Note"].paragraph_format.space_after = Pt(8)
    styles["Caption"].paragraph_format.space_before = Pt(8)


def _face(style: Any, role: str, size: float, *, bold: bool = False) -> None:
    """Chinese in the face of the role, Latin in Times; no theme font or colour may overrule them."""
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", FACES[role])):
        fonts.set(qn(f"w:{name}"), face)


def _indent(target: Any, characters: int) -> None:
    """The first line by so many characters, as official documents do."""
    properties = target.element.get_or_add_pPr() if hasattr(target, "element") else target._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(int(characters * 320)))


def _font_table(file: Any) -> None:
    """Names the faces and what may stand in for each."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{stand_ins}"/><w:charset w:val="86"/></w:font>'
        for name, stand_ins in STAND_INS.items()
    )
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{entries}</w:fonts>'
    for part in file.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = content.encode()


def _properties(file: Any, document: Document, published_at: datetime | None) -> None:
    properties = file.core_properties
    properties.title, properties.language = document.title.text, {"zh": "zh-CN"}.get(document.lang, "en-GB")
    properties.author = properties.last_modified_by = properties.comments = ""
    moment = (published_at or datetime(1980, 1, 1, tzinfo=UTC)).replace(microsecond=0)
    properties.created = properties.modified = moment


def _sealed(content: bytes) -> bytes:
    """The same archive without the clock: the same content is the same file."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as sealed:
        for name in source.namelist():
            sealed.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), ZIP_DEFLATED)
    return target.getvalue()
