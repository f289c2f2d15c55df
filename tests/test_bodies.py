"""The whole name of a body: where it begins and where it ends."""

from __future__ import annotations

import pytest

from newslab.entities import entities
from newslab.parsing import load_model


def labels(text: str) -> dict[str, str]:
    return {e.text: e.label for e in entities(load_model()(text)) if e.mention == "name"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Department for Roads and Bridges said no.", "Department for Roads and Bridges"),
        ("The U.S. Court of Appeals for the 9th Circuit ruled on Friday.", "U.S. Court of Appeals for the 9th Circuit"),
        ("The Court of Appeal for Ontario ruled on Friday.", "Court of Appeal for Ontario"),
        ("The U.N. Office for Missing Persons in the Horn of Africa said no.",
         "U.N. Office for Missing Persons in the Horn of Africa"),
        ("The All-India Weavers' Federation met.", "All-India Weavers' Federation"),
        ("The National People's Congress met.", "National People's Congress"),
        ("The Cannery and Dock Workers Local 12 met.", "Cannery and Dock Workers Local 12"),
        ("The Laborers Local 79 endorsed him.", "Laborers Local 79"),
        ("The Committee to Protect Journalists said no.", "Committee to Protect Journalists"),
        ("The Justice and Equality Movement said no.", "Justice and Equality Movement"),
        ("She told the House Committee on Energy and Commerce that she was sorry.",
         "House Committee on Energy and Commerce"),
        # two trades of one body
        ("The Tobacco Control and Licensing Authority said no.", "Tobacco Control and Licensing Authority"),
        ("The Fisheries and Aquaculture Board said stocks were low.", "Fisheries and Aquaculture Board"),
        ("Officials of the Dam Safety and Irrigation Bureau said no.", "Dam Safety and Irrigation Bureau"),
        ("The Canal and Coastguard Agency said the lock was shut.", "Canal and Coastguard Agency"),
        ("The Roads and Lakes Trust said no.", "Roads and Lakes Trust"),
        ("The Leeds Dockers Union said no.", "Leeds Dockers Union"),
        ("Provincial Treasury said it had no money.", "Provincial Treasury"),
        # its land
        ("The Ministry of Agriculture and Fisheries of the Kyrgyz Republic said no.",
         "Ministry of Agriculture and Fisheries of the Kyrgyz Republic"),
        ("The Ministry of Works of Ghana said no.", "Ministry of Works of Ghana"),
        ("The Supreme Court of the Philippines ruled on Friday.", "Supreme Court of the Philippines"),
        ("The General Assembly of the United Nations voted.", "General Assembly of the United Nations"),
        # with a possessive
        ("Sotheran’s sold the vase for a million.", "Sotheran’s"),
        ("The grocer Hanley's, which has nine shops, said no.", "Hanley's"),
        ("A spokeswoman for Doyle's said no.", "Doyle's"),
        ("Gallagher's Dairy said milk was dear.", "Gallagher's Dairy"),
        ("St Bride's said its roof leaked.", "St Bride's"),
        ("The Scottish Growers’ Forum said prices were low.", "Scottish Growers’ Forum"),
        ("The East African Drivers' Congress said roads were bad.", "East African Drivers' Congress"),
        ("The National Council of Nurses’ Associations said no.", "National Council of Nurses’ Associations"),
        ("The Weavers' Guild of the North said no.", "Weavers' Guild of the North"),
        ("The Tenants' Voice said rents had doubled.", "Tenants' Voice"),
        ("The General Weather Bureau said no.", "General Weather Bureau"),
        ("The Royal College of General Surgery said no.", "Royal College of General Surgery"),
        # small words of other languages
        ("The Ministerio de Hacienda said taxes would rise.", "Ministerio de Hacienda"),
        ("The Landesamt für Umwelt said the lake was clean.", "Landesamt für Umwelt"),
        ("The Fédération des Pêcheurs said quotas were too low.", "Fédération des Pêcheurs"),
        ("The Agenzia del Demanio said the villa would be sold.", "Agenzia del Demanio"),
        ("The Sindicato de Trabajadores de la Tierra said no.", "Sindicato de Trabajadores de la Tierra"),
        ("Harakat al-Nur said it had fired the rocket.", "Harakat al-Nur"),
        ("The Tehreek-i-Sindh movement said no.", "Tehreek-i-Sindh"),
        ("Sipah-e-Nur said it had carried out the raid.", "Sipah-e-Nur"),
    ],
)  # fmt: skip
def test_a_body_has_its_whole_name(text, name):
    assert labels(text) == {name: "organisation"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Pentagon and State Department said no.", ["Pentagon", "State Department"]),
        ("He left the Foreign Office for Paris on Monday.", ["Foreign Office", "Paris"]),
        ("The Department for Education and Ofsted said no.", ["Department for Education", "Ofsted"]),
        ("She told the Select Committee on Friday that she was sorry.", ["Select Committee"]),
        ("The Kremlin and Defence Ministry said no.", ["Kremlin", "Defence Ministry"]),
        ("The BBC and Press Association said no.", ["BBC", "Press Association"]),
        ("The Senate and Finance Ministry said no.", ["Senate", "Finance Ministry"]),
        ("He left the Ministry of Works of his own will.", ["Ministry of Works"]),
        ("Chairman of the Regional Roads Board T. Osmonova said no.", ["Regional Roads Board", "T. Osmonova"]),
        ("The United States' Coast Guard met.", ["United States", "Coast Guard"]),
        ("The Ottawa Senators' Leeds trip was off.", ["Ottawa Senators", "Leeds"]),
        ("Kenya's General Staff met. Kenya's Treasury met.", ["Kenya", "General Staff", "Treasury"]),
        ("Ann's would-be rival left. Kent's left wing fell.", ["Ann", "Kent"]),
        ("Merkel's Germany said no.", ["Merkel", "Germany"]),
        ("St Petersburg's mayor met General Ann Lee.", ["St Petersburg", "Ann Lee"]),
        ("Rector of the Mining Academy S. Ismailova said no.", ["Mining Academy", "S. Ismailova"]),
    ],
)
def test_a_body_has_no_more_than_its_name(text, found):
    assert list(labels(text)) == found
