"""What words say, by language: that something is not certain, that someone died, that something stands above or below.

A rule that reads words is silent in a language that its table does not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from publish.languages import in_language

# A point behind these ends no sentence.
SHORTENED = {
    "en": "Mr Mrs Ms Dr St Prof Gen Col Jr Sr vol vols no nos ed eds chap chaps p pp fig c ca cf vs trans repr i.e e.g",
    "de": "Dr Prof Hl St Nr Bd Bde S Hg Hrsg hrsg vgl bzw ca Abb Abs Anm Kap d.h z.B u.a",
    "fr": "M MM Mme Mlle Dr St Ste n° no nos vol p pp éd éds chap fig env cf av apr",
}

# That a statement is not certain.
HEDGES = {
    "en": r"""perhaps|maybe|probabl[ey]|possibl[ey]|possibility|presumabl[ey]|apparently|seem(?:s|ed|ingly)?|(?:un)?likely
        |(?:is|are|was|were)\ said\ to|reported(?:ly)?|reports?|alleged(?:ly)?|supposed(?:ly)?|conjectur\w+|guess\w*
        |(?:may|might|could)\ (?:well\ |also\ )?(?:have|be)|appears?\ to|(?:thought|believed|held|taken)\ to|infer\w+
        |uncertain(?:ty)?|unconfirmed|unverified|unproved|unclear|unknown|doubt(?:s|ed|ful|fully)?|disputed|questionable|attributed
        |(?:not|never|n’t|nor|nothing|no\ source|nowhere)\b[^.;:]*\b(?:confirm\w*|verif\w+|certain|sure|known?|seen|settled
        |established|proved|proven)
        |(?:by|in|according\ to)\ (?:one|some|most|his|her|another|later|several|the\ usual)\b[^.;:]*\b(?:accounts?|reports?
        |sources?|writers?)
        |according\ to|sources\ (?:differ|disagree)|rumou?r(?:s|ed)?|cannot\ be\ (?:confirmed|verified|known)""",
    "de": r"""vielleicht|womöglich|möglich(?:erweise)?|wahrscheinlich|vermutlich|mutmaßlich|wohl|angeblich|anscheinend|offenbar|scheint
        |soll(?:en)?|dürfte[n]?|könnte[n]?|unsicher|ungewiss|unbestätigt|unbekannt|unklar|umstritten|strittig|zweifelhaft|fraglich|zugeschrieben
        |nicht\b[^.;:]*\b(?:bestätigt|gesichert|sicher|bekannt|belegt|geklärt|nachgewiesen|erwiesen)
        |nach\ (?:einem|einigen|eigenem|anderen|manchen)\ (?:Berichte?n?|Quellen?|Angaben?)|laut|Gerüchte?n?""",
    "fr": r"""peut-être|probabl(?:e|es|ement)|possible[s]?|sans\ doute|vraisemblabl(?:e|es|ement)|apparemment|sembl(?:e|ent|ait)|paraît
        |aurai(?:t|ent)|serai(?:t|ent)|dit-on|on\ dit|selon|d’après|attribuée?s?|présumée?s?|prétendument|incertaine?s?|douteu(?:x|se|ses)
        |disputée?s?|contestée?s?|inconnue?s?
        |(?:n’|ne\ )[^.;:]*\b(?:confirmée?|certaine?|établie?|connue?|sûre?|prouvée?|vérifiée?)|non\ (?:confirmée?|vérifiée?)""",
}  # fmt: skip

# What was done to a person who did not die of himself.
KILLED = {
    "en": "shot|executed|hanged|killed|murdered|assassinated|beheaded|guillotined|poisoned|put\\ to\\ death",
    "de": "erschossen|hingerichtet|erhängt|gehängt|getötet|ermordet|enthauptet|umgebracht|vergiftet",
    "fr": "fusillée?|exécutée?|pendue?|tuée?|assassinée?|décapitée?|guillotinée?|empoisonnée?",
}
# That the person who was just named died: an end of one's own, or one that was suffered; not one that was given to others.
DYING = {
    "en": rf"""died|dies|perished|(?:killed|shot|hanged|poisoned)\ (?:him|her)self|took\ (?:his|her)\ own\ life|committed\ suicide
        |(?:was|is|been|be|being)\ (?:\w+\ ){{0,4}}?(?:{KILLED["en"]})|(?<=’s\ )(?:death|execution|suicide|murder|assassination)""",
    "de": rf"""starb|stirbt|gestorben|erschoss\ sich|erhängte\ sich|nahm\ sich\ das\ Leben|beging\ Selbstmord
        |(?:wurde|wird)\ (?:[\w.]+\ ){{0,8}}?(?:{KILLED["de"]})""",
    "fr": rf"""mourut|meurt|est\ morte?|décéda|se\ (?:tua|suicida|pendit)
        |(?:est|fut|était)\ (?:\w+\ ){{0,4}}?(?:{KILLED["fr"]})""",
}

# Before a date: that something was not then.
NOT_THEN = {
    "en": "before|after|until|till|since|by|from",
    "de": "vor|nach|bis|seit|von|ab",
    "fr": "avant|après|jusqu’en|jusqu’au|depuis|dès|de",
}

# In which direction a reference points; `see earlier` and `(…) later` are told from what happened earlier or later by what stands around.
ABOVE = {"en": "above", "de": "oben", "fr": "ci-dessus|plus haut"}
BELOW = {"en": "below", "de": "unten", "fr": "ci-dessous|plus bas"}
EARLIER = {"en": "earlier", "de": "vorne|vorher", "fr": "plus tôt"}
LATER = {"en": "later", "de": "hinten|später", "fr": "plus loin|plus tard"}
SEE = {"en": "see|cf", "de": "siehe|vgl|s", "fr": "voir|cf"}
# May stand between such a word and its reference.
LEADING = {
    "en": "see|also|in|on|under|at|as|section|chapter|note|page",
    "de": "siehe|auch|in|im|unter|bei|vgl|wie|Abschnitt|Kapitel|Anmerkung|Seite",
    "fr": "voir|aussi|dans|à|au|sous|cf|comme|section|chapitre|note|page",
}
# Behind such a word: it is no direction in the book, but one in space ("above the river"), or "above all".
ELSEWHERE = {
    "en": "all|the|an?|this|that|his|her|its|their|our|my",
    "de": "auf|an|am|im|in|der|die|das|dem|den",
    "fr": "de|du|des|le|la|les|tout",
}

# Words of a name that have no letter in its initials; those of all languages, for names are often foreign.
SMALL = frozenset(
    [
        *("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"),
        *("am", "auf", "das", "dem", "den", "der", "des", "die", "für", "im", "und", "von", "vom", "zu", "zum", "zur"),
        *(
            "à",
            "al",
            "au",
            "aux",
            "da",
            "de",
            "del",
            "della",
            "di",
            "do",
            "du",
            "e",
            "el",
            "en",
            "et",
            "i",
            "la",
            "le",
            "les",
        ),
        *("los", "las", "ou", "par", "para", "per", "por", "pour", "sur", "v", "y"),
    ]
)


def phrase(table: Mapping[str, str], language: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str] | None:
    """The phrases of a language as whole words; None for a language that the table does not have."""
    found = in_language(table, language)
    return None if found is None else re.compile(rf"(?<!\w)(?:{found})(?!\w)", flags | re.VERBOSE)
