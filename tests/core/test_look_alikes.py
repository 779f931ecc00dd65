"""A name that only looks like somebody's is refused with its letter; honest names of any writing are not."""

import pytest

from core.look_alikes import found
from core.phrases import one_line

HONEST = (
    "Sari Wulandari", "Ni Putu Áyu Laksmi, S.E.", "José Ramos-Horta", "François d'Arcy", "Siti Nur'aini", "Raden Ayu",
    "Tan Hong Boen", "Ong Hok Ham", "Lie Tjwan Sien", "Müller", "Łukasz Żółć", "Nguyễn Thị Ánh", "Søren Kjær", "Øystein",
    "Ðorđe Petrović", "Æthelred", "Straße", "Ņikita Ķēniņš", "Şükrü Işık", "ʻAbd al-Raḥmān", "Ma‘ruf Amin", "O’Brien",
    "王小明", "محمد صالح", "Иван Петров", "Γιώργος Παπαδόπουλος", "ꦱꦫꦶ", "தமிழ்", "Muhammad محمد", "김 Kim", "R&D", "Gudang №2",
    "Produksi – Bekasi", "Sukarno 2ª", "Ǵabriel", "J̌ana",
)  # fmt: skip
PASSING = {
    "Sаri Wulandari": "а (U+0430)",
    "Sari Wulandаrі": "а (U+0430)",
    "Ѕari": "Ѕ (U+0405)",
    "Сосо": "С (U+0421)",
    "НR": "Н (U+041D)",
    "ΗΑΝΑ": "Η (U+0397)",
    "Hendrα": "α (U+03B1)",
    "Ꮪari": "Ꮪ (U+13DA)",
    "ᏚᎪᎡᏆ": "Ꮪ (U+13DA)",
    "Ｓａｒｉ": "Ｓ (U+FF33)",
    "𝐒𝐚𝐫𝐢": "𝐒 (U+1D412)",
    "Sɑri": "ɑ (U+0251)",
    "Ratnaѕ": "ѕ (U+0455)",
    "ᗷudi": "ᗷ (U+15F7)",
    "ꓢari": "ꓢ (U+A4E2)",
    "Budi Ⅰ": "Ⅰ (U+2160)",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_names_pass(name: str) -> None:
    assert found(name) is None


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_for_another_name_is_found(name: str) -> None:
    assert found(name) == PASSING[name]


@pytest.mark.parametrize("sign", "\u034f\u115f\u1160\u3164\uffa0\u2800\u17b4\u180b\ufe0f\U000e0101\u200b\u202e\u00ad")
def test_nothing_unseen_stays_in_a_latin_name(sign: str) -> None:
    assert one_line(f"Sa{sign}ri") == "Sari"
