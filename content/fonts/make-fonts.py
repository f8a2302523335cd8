"""Makes the fonts of the prints from Tinos: python3 make-fonts.py FOLDER_OF_TINOS (needs fontTools; run by whoever changes the fonts, never at a start).

Two vowels of the languages of the Central Highlands, o and u with horn and breve, have no sign of their own in Unicode. With a letter and a mark
as two glyphs a PDF tells each glyph to be the whole vowel, so that copied text has it twice. Here each is one glyph, found by a ligature.
"""
import sys
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

FAMILY = "Lan Toa Serif"
STYLES = {"Regular": "400Regular/Tinos_400Regular.ttf", "Italic": "400Regular_Italic/Tinos_400Regular_Italic.ttf", "Bold": "700Bold/Tinos_700Bold.ttf", "Bold Italic": "700Bold_Italic/Tinos_700Bold_Italic.ttf"}
# Latin with all its extensions, marks, punctuation, signs of money, numbers, arrows, ticks and boxes.
KEPT = [(0x20, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x22FF), (0x25A0, 0x25FF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF)]
# The letter with its horn, and the letter with its breve that shows where the breve stands.
VOWELS = {"ohorn": "obreve", "uhorn": "ubreve", "Ohorn": "Obreve", "Uhorn": "Ubreve"}


def subset(font: TTFont) -> None:
    options = Options(layout_features=["*"], hinting=False, glyph_names=True, notdef_outline=True, name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[u for a, b in KEPT for u in range(a, b + 1)])
    subsetter.subset(font)


def part(name: str, x: int, y: int) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.x, component.y, component.flags = name, x, y, 0x0004 | 0x0002
    return component


def add_vowels(font: TTFont) -> None:
    marks = {name: font["glyf"][of].components[1] for name, of in VOWELS.items()}
    for name, mark in marks.items():
        glyph = Glyph()
        glyph.numberOfContours = -1
        glyph.components = [part(name, 0, 0), part(mark.glyphName, mark.x, mark.y)]
        font["glyf"][f"{name}_uni0306"] = glyph
        font["hmtx"][f"{name}_uni0306"] = font["hmtx"][name]
        font["GDEF"].table.GlyphClassDef.classDefs[f"{name}_uni0306"] = 2
    for name in marks:
        font["glyf"][f"{name}_uni0306"].recalcBounds(font["glyf"])


def add_ligatures(font: TTFont) -> None:
    """A lookup of its own, run by `ccmp` in every script before the others."""
    donor = TTFont()
    donor.setGlyphOrder(font.getGlyphOrder())
    addOpenTypeFeaturesFromString(donor, "feature ccmp {\n" + "\n".join(f"sub {v} uni0306 by {v}_uni0306;" for v in VOWELS) + "\n} ccmp;")
    table, lookup = font["GSUB"].table, donor["GSUB"].table.LookupList.Lookup[0]
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = at = len(table.LookupList.Lookup)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp":
            record.Feature.LookupListIndex.append(at - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def rename(font: TTFont, style: str) -> None:
    names, postscript = font["name"], f"LanToaSerif-{style.replace(' ', '')}"
    for record in list(names.names):
        if record.nameID in (16, 17, 21, 22, 25):
            names.removeNames(nameID=record.nameID)
    for record in names.names:
        text = {1: FAMILY, 2: style, 3: f"1.0;{postscript}", 4: f"{FAMILY} {style}", 6: postscript}.get(record.nameID)
        if text:
            record.string = text


def main(source: Path) -> None:
    for style, file in STYLES.items():
        font = TTFont(source / file)
        subset(font)
        add_vowels(font)
        add_ligatures(font)
        rename(font, style)
        font["maxp"].maxComponentElements = max(font["maxp"].maxComponentElements, 2)
        font.save(Path(__file__).parent / f"LanToaSerif-{style.replace(' ', '')}.ttf")


main(Path(sys.argv[1]))
