"""
How a figure of each metric is written: "2,800 accounts blocked", "44 tonnes of timber seized".

A metric or an object that is not here is written by its name, so that a package with other
vocabularies reads well enough.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Phrase(NamedTuple):
    """
    The words after a number.

    :param one: After 1.
    :param many: After any other number.
    :param of: Where the figure counts an object, which stands for ``{}``.
    """

    one: str
    many: str
    of: str


#: By metric.
METRICS: Final = {
    "accounts-blocked": Phrase("account blocked", "accounts blocked", "{} blocked"),
    "administrative-cases": Phrase(
        "administrative case", "administrative cases", "administrative cases over {}"
    ),
    "agencies-participating": Phrase(
        "agency taking part", "agencies taking part", "{} taking part"
    ),
    "area-affected": Phrase("of land affected", "of land affected", "of {} affected"),
    "arrest-warrants": Phrase("arrest warrant", "arrest warrants", "arrest warrants over {}"),
    "arrests": Phrase("arrest", "arrests", "arrests over {}"),
    "assets-frozen": Phrase(
        "frozen or intercepted", "frozen or intercepted", "in {} frozen or intercepted"
    ),
    "assets-recovered": Phrase("returned to victims", "returned to victims", "in {} returned"),
    "assets-seized": Phrase(
        "in money and assets seized", "in money and assets seized", "in {} seized"
    ),
    "bets-handled": Phrase("in bets handled", "in bets handled", "in bets handled ({})"),
    "cases-detected": Phrase("offence detected", "offences detected", "offences over {} detected"),
    "cases-investigated": Phrase(
        "case investigated", "cases investigated", "cases over {} investigated"
    ),
    "cases-solved": Phrase("case solved", "cases solved", "cases over {} solved"),
    "confiscation-ordered": Phrase(
        "ordered to be confiscated", "ordered to be confiscated", "of {} ordered to be confiscated"
    ),
    "convictions": Phrase("conviction", "convictions", "convictions over {}"),
    "criminal-proceeds": Phrase(
        "in criminal proceeds", "in criminal proceeds", "in criminal proceeds ({})"
    ),
    "data-seized": Phrase("of data seized", "of data seized", "of {} seized"),
    "database-checks": Phrase("database check", "database checks", "database checks on {}"),
    "database-hits": Phrase("database hit", "database hits", "database hits on {}"),
    "deportations": Phrase(
        "deportation or extradition", "deportations and extraditions", "{} deported or extradited"
    ),
    "entry-refusals": Phrase("person refused entry", "people refused entry", "{} refused entry"),
    "fines": Phrase("in fines", "in fines", "in fines on {}"),
    "flights-checked": Phrase(
        "flight or voyage checked", "flights and voyages checked", "{} checked"
    ),
    "fugitives-located": Phrase("fugitive located", "fugitives located", "{} located"),
    "fugitives-targeted": Phrase("fugitive sought", "fugitives sought", "{} sought"),
    "images-examined": Phrase(
        "image or video examined", "images and videos examined", "{} examined"
    ),
    "infections-detected": Phrase(
        "infected device detected", "infected devices detected", "infected {} detected"
    ),
    "inspections": Phrase("inspection", "inspections", "inspections of {}"),
    "intelligence-reports": Phrase(
        "intelligence report", "intelligence reports", "intelligence reports on {}"
    ),
    "investigations-opened": Phrase(
        "investigation opened", "investigations opened", "investigations over {} opened"
    ),
    "items-checked": Phrase("item checked", "items checked", "{} checked"),
    "items-destroyed": Phrase("item destroyed", "items destroyed", "{} destroyed"),
    "items-identified": Phrase("item identified", "items identified", "{} identified"),
    "items-recovered": Phrase("item recovered", "items recovered", "{} recovered"),
    "items-returned": Phrase("item returned", "items returned", "{} returned"),
    "items-seized": Phrase("item seized", "items seized", "{} seized"),
    "locations-covered": Phrase("location covered", "locations covered", "{} covered"),
    "losses": Phrase("lost by victims", "lost by victims", "lost by victims ({})"),
    "migrants-detected": Phrase(
        "irregular migrant detected", "irregular migrants detected", "{} detected"
    ),
    "missing-persons-located": Phrase("missing person found", "missing people found", "{} found"),
    "networks-dismantled": Phrase(
        "criminal group dismantled", "criminal groups dismantled", "criminal groups dismantled ({})"
    ),
    "networks-identified": Phrase(
        "criminal group identified", "criminal groups identified", "criminal groups identified ({})"
    ),
    "notices-issued": Phrase(
        "INTERPOL notice or diffusion issued",
        "INTERPOL notices and diffusions issued",
        "{} issued",
    ),
    "officers-participating": Phrase(
        "officer taking part", "officers taking part", "{} taking part"
    ),
    "officers-trained": Phrase("person trained", "people trained", "{} trained"),
    "online-resources-identified": Phrase(
        "online resource identified", "online resources identified", "{} identified"
    ),
    "operations-conducted": Phrase(
        "police action carried out", "police actions carried out", "police actions on {}"
    ),
    "persons-charged": Phrase("person charged", "people charged", "{} charged"),
    "persons-checked": Phrase("person checked", "people checked", "{} checked"),
    "persons-questioned": Phrase("person questioned", "people questioned", "{} questioned"),
    "persons-released": Phrase("person released", "people released", "{} released"),
    "persons-sanctioned": Phrase(
        "person or firm sanctioned", "people and firms sanctioned", "{} sanctioned"
    ),
    "potential-victims-detected": Phrase(
        "possible victim detected", "possible victims detected", "possible victims detected: {}"
    ),
    "premises-searched": Phrase("premises searched", "premises searched", "{} searched"),
    "prosecutions-opened": Phrase(
        "prosecution opened", "prosecutions opened", "prosecutions over {} opened"
    ),
    "search-warrants": Phrase("search warrant", "search warrants", "search warrants over {}"),
    "seizures": Phrase("seizure", "seizures", "seizures of {}"),
    "sites-dismantled": Phrase("illicit site shut down", "illicit sites shut down", "{} shut down"),
    "suspects-identified": Phrase("suspect identified", "suspects identified", "{} identified"),
    "takedowns": Phrase(
        "online resource taken down", "online resources taken down", "{} taken down"
    ),
    "transactions-blocked": Phrase(
        "transaction stopped", "transactions stopped", "transactions in {} stopped"
    ),
    "value-seized": Phrase("worth of goods seized", "worth of goods seized", "worth of {} seized"),
    "victims-harmed": Phrase("victim of the crime", "victims of the crime", "{} harmed"),
    "victims-identified": Phrase("victim identified", "victims identified", "{} identified"),
    "victims-rescued": Phrase("victim rescued", "victims rescued", "{} rescued"),
    "volume-seized": Phrase("of goods seized", "of goods seized", "of {} seized"),
    "weight-destroyed": Phrase("of goods destroyed", "of goods destroyed", "of {} destroyed"),
    "weight-seized": Phrase("of goods seized", "of goods seized", "of {} seized"),
    "weight-withheld": Phrase(
        "of goods kept out of the market",
        "of goods kept out of the market",
        "of {} kept out of the market",
    ),
}

#: Objects that read otherwise in a sentence than in a list.
OBJECTS: Final = {
    "cannabis": "cannabis",
    "child-abuse-material": "files of child sexual abuse material",
    "counterfeit-medicines": "counterfeit medicines",
    "other-assets": "other assets",
    "sharks": "sharks",
    "wildlife": "wildlife products",
    "wildlife-parts": "wildlife parts",
    "live-animals": "live animals",
}

#: What is counted of an object whose name has no plural; of others without one, items.
COUNTERS: Final = {
    "abalone": "pieces",
    "ammunition": "rounds",
    "charcoal": "bags",
    "cocaine": "packages",
    "cooking-oil": "bottles",
    "ecstasy": "tablets",
    "fish": "pieces",
    "fishing-gear": "pieces",
    "heroin": "packages",
    "ivory": "pieces",
    "livestock": "head",
    "mercury": "containers",
    "methamphetamine": "tablets",
    "real-estate": "pieces",
    "rosewood": "pieces",
    "timber": "pieces",
    "tramadol": "tablets",
}

#: Objects that are people or firms, who are arrested themselves.
PEOPLE: Final = frozenset(
    {
        *("children", "men", "women", "fugitives", "smugglers", "traffickers", "companies"),
        *("traffickers-and-smugglers", "terrorist-suspects", "money-mules"),
        "money-mule-recruiters",
    }
)

#: Metrics by how likely a reader looks for them first.
_HEADLINES: Final = (
    *("arrests", "victims-rescued", "assets-seized", "value-seized", "items-seized"),
    *("weight-seized", "takedowns", "accounts-blocked", "assets-frozen", "victims-identified"),
    *("items-recovered", "suspects-identified", "fugitives-located", "networks-dismantled"),
    *("sites-dismantled", "database-hits", "items-identified", "investigations-opened"),
    *("deportations", "convictions", "volume-seized", "missing-persons-located"),
    *("potential-victims-detected", "notices-issued", "inspections", "premises-searched"),
)


def prominence(metric: str) -> int:
    """Return the rank of a metric among those that a reader looks for first."""
    return _HEADLINES.index(metric) if metric in _HEADLINES else len(_HEADLINES)
