"""English words that say how a question is asked, and not what it is about; and very general words."""

_FUNCTION_WORDS = (
    "a about after again all also am an and any are as at be because been before being between both but by can "
    "cannot could did do does doing done each else ever every for from get gets give given go got had has have "
    "having he her here hers him his how i if in into is it its itself just let like many may me might mine more "
    "most much must my no nor not of off on once one only or other our ours out over own per please same say says "
    "shall she should so some such t tell than that the their theirs them then there these they this those "
    "through to too under until up upon us very was we were what when where whether which while who whom whose "
    "why will with without would you your yours s d ll re ve m don doesn didn isn aren wasn weren won"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

# A passage that answers often says these in other words: "the warranty period", "the warranty runs for 30 months".
_GENERAL_WORDS = (
    "amount become call called case cause come comes go goes happen happened happening happens keep kind know known "
    "long make makes mean means need needed needs number often period possible put sort stand stands take taken takes "
    "thing things time times type use used uses using want wants way ways work works"
)
GENERAL_WORDS = frozenset(_GENERAL_WORDS.split())
