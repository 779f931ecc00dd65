"""Days as people say them, made from how such phrases are built: anchors, counts, halves, fillers, endings, both languages.

It is Wednesday 8 July 2026. "ask" is what must not be guessed; "or" parts what two people of HR would read.
"""

from datetime import date, datetime
from typing import Any

import pytest

from bot.dialog.understood import understood

NOW = datetime.fromisoformat("2026-07-08T10:00:00+07:00")
TOLD = """
cuti 2 hari dari senin | 13/7 14/7
cuti 3 hari mulai senin depan | 13/7 15/7
ambil cuti dari senin selama 3 hari | 13/7 15/7
izin dr tgl 20 smp tgl 22 | 20/7 22/7
cuti tgl. 20 s/d 22 juli | 20/7 22/7
cuti tanggal 20 ampe 22 | 20/7 22/7
cuti tgl 20 mpe 22 | 20/7 22/7
libur mulai 20 juli selama seminggu | 20/7 24/7
cuti 2 hari berturut-turut mulai kamis | 9/7 10/7
cuti 3 hari berturut turut dari tanggal 13 | 13/7 15/7
cuti 3 hari kerja mulai jumat | 10/7 14/7
cuti 5 hari kerja dari kamis | 9/7 15/7
cuti rabu kamis minggu depan | 15/7 16/7
cuti rabu kamis minggu depannya lagi | 22/7 23/7
cuti senin minggu depannya | 13/7
cuti jumat dua minggu lagi | 24/7
cuti 2 minggu lagi hari selasa | 21/7
cuti minggu depan selasa sama rabu | 14/7 15/7
besok lusa saya izin | 9/7 10/7 or 10/7
besok sama lusa ga masuk | 9/7 10/7
besok sampai lusa cuti | 9/7 10/7
cuti sisa minggu ini | 8/7 10/7 or 9/7 10/7
sisa minggu ini saya ga masuk | 8/7 10/7 or 9/7 10/7
akhir bulan ini saya cuti | ask
cuti awal bulan depan | ask
pertengahan bulan saya mau cuti | ask
cuti tanggal muda bulan depan | ask
cuti tgl 30 dan 31 | 30/7 31/7
cuti tgl 30, 31 sama 1 | 30/7 1/8 or dates
cuti 30 juli - 3 agustus | 30/7 3/8
cuti dari tgl 30 sampai 3 agustus | 30/7 3/8
cuti hari senin tgl 20 | 20/7
cuti senin tanggal 21 | ask
cuti selasa 21 juli | 21/7
cuti senin (20/7) sampai rabu (22/7) | 20/7 22/7
cuti senin 20/7 - rabu 22/7 | 20/7 22/7
cuti tgl 20 juli 2026 hari senin | 20/7
cuti tanggal 5 bulan depan | 5/8
cuti tgl 5-7 bln dpn | 5/8 7/8
cuti tanggal 5 bulan 8 | 5/8
cuti 5 agt s.d 7 agt | 5/8 7/8
cuti dari 5 agustus sampai dengan 7 agustus 2026 | 5/8 7/8
cuti hari ini | 8/7
cuti hari ini sampe jumat | 8/7 10/7
hari ini sama besok ga masuk | 8/7 9/7
cuti kamis ini | 9/7
cuti kamis depan | 16/7 or ask
cuti kamisnya | 9/7
jumatnya saya izin | 10/7
jumat besok saya izin | 10/7
senin besok cuti | 13/7
cuti jumat sampai senin | 10/7 13/7
cuti jumat ama senin | 10/7 13/7
cuti jumat dan senin | 10/7 13/7
cuti jum'at, sabtu, minggu, senin | 10/7 13/7
eh bukan senin, selasa aja | 14/7
cuti senin eh selasa | 14/7
cuti senin, eh salah, selasa maksudnya | 14/7
cuti tgl 20 eh 21 deh | 21/7
cuti 20 juli, ralat 21 juli | 21/7
jadinya cuti tanggal 22 aja bukan 21 | 22/7
cuti besok ga jadi, lusa aja | 10/7
cuti tgl 13 sampai 15, tgl 14 saya masuk | dates 13/7 15/7
cuti minggu depan kecuali rabu | dates 13/7 14/7 16/7 17/7
cuti full minggu depan | 13/7 17/7
cuti seminggu penuh minggu depan | 13/7 17/7
cuti seminggu mulai senin depan | 13/7 17/7
cuti 2 minggu dari tanggal 13 | 13/7 24/7 or 13/7 26/7
cuti sebulan dari tanggal 1 agustus | 1/8 31/8
cuti setengah hari besok | 9/7
cuti besok setengah hari siang | 9/7
izin besok pagi aja | 9/7
cuti kamis sore | 9/7
cuti setengah hari jumat dan full senin | ask or 10/7 13/7
cuti 3 hari terakhir bulan ini | 29/7 31/7
cuti 4 hari, tgl 20 21 22 23 | 20/7 23/7
cuti 2 hari tanggal 20 dan 22 | dates 20/7 22/7
cuti 3 hari tgl 20-21 | ask or 20/7 22/7
cuti tgl 20-24 total 5 hari | 20/7 24/7
cuti 2 hari minggu depan | ask
cuti sehari minggu depan | ask
cuti 2 hari minggu depan senin selasa | 13/7 14/7
kemarin saya sakit | 7/7
kemarin lusa saya sakit | 6/7
2 hari yang lalu sakit | 6/7
sakit dari senin | 6/7 8/7
sakit sejak kemarin | 7/7 8/7
sakit senin kemarin | 6/7
tadi saya sakit | 8/7 or none
sakit senin sama selasa kemarin | 6/7 7/7
saya sakit tgl 6 dan 7 kemarin | 6/7 7/7
sakit dari tgl 6 sampai hari ini | 6/7 8/7
sudah 3 hari ini saya sakit | 6/7 8/7
cuti sehari sebelum 17 agustus | 16/8 or 14/8
cuti 14 agustus biar libur panjang sampai tgl 17 | 14/8 or 14/8 17/8
berangkat tgl 20 malam, cutinya tgl 21 sampai 23 | 21/7 23/7
cuti dari 20 juli, masuk lagi 24 juli | 20/7 23/7
cuti mulai senin dan masuk kembali hari kamis | 13/7 15/7
nikahan adik sabtu tgl 18, saya cuti jumatnya | 17/7
nikahan hari sabtu, cuti jumat sama senin | 10/7 13/7
cuti lusa sampai 2 hari | 10/7 13/7
cuti lusa 2 hari | 10/7 13/7
cuti mulai besok 2 hari | 9/7 10/7
cuti besok selama dua hari | 9/7 10/7
cuti dua hari kedepan mulai besok | 9/7 10/7
cuti tiap jumat bulan ini | ask or dates
cuti tanggal dua puluh satu juli | 21/7
cuti tanggal dua satu | 21/7
cuti tgl duapuluh sampai duapuluhdua | 20/7 22/7
cuti tgl 2o juli | 20/7 or ask
cuti 20juli | 20/7
cuti 20jul-22jul | 20/7 22/7
cuti 20~22 juli | 20/7 22/7
cuti 20—22 juli | 20/7 22/7
cuti tgl 20 & 21 juli | 20/7 21/7
cuti tgl 20 + 21 juli | 20/7 21/7
cuti tgl 20/21 juli | 20/7 21/7 or ask
cuti 20 hingga 22 juli | 20/7 22/7
cuti antara tgl 20 sampai 22 juli | 20/7 22/7
cuti pada tanggal 20 Juli 2026 sampai dengan tanggal 22 Juli 2026 | 20/7 22/7
cuti mulai tgl 20 - selesai tgl 22 | 20/7 22/7
cuti start 20 end 22 july | 20/7 22/7
cuti per tgl 20 juli selama 3 hari kerja | 20/7 22/7
cuti terhitung 20 juli s/d 22 juli | 20/7 22/7
cuti selama 3 hari yaitu 20, 21 dan 23 juli | dates 20/7 21/7 23/7
cuti kamis jumat minggu ini dan senin minggu depan | 9/7 13/7
cuti senin depan sama senin depannya lagi | dates 13/7 20/7
cuti senin tgl 13 dan 20 | dates 13/7 20/7
bulan depan tanggal 10 sampai 12 saya cuti | 10/8 12/8
agustus tgl 10-12 | 10/8 12/8
tgl 10 agustus aja, sehari | 10/8
cuti h-3 dari tanggal 20 | 17/7 or ask
cuti h+1 nikahan tgl 20 | 21/7 or ask
off from next mon to wed | 13/7 15/7
off the Thursday after next | 16/7 or 23/7 or ask
the monday after next off please | 20/7
this coming fri to mon | 10/7 13/7
a week from tomorrow | 16/7
a week from friday | 17/7
a fortnight from today | 22/7
two weeks from monday | 27/7
next week thursday and friday | 16/7 17/7
the week after next | 20/7 24/7
the week of the 20th | 20/7 24/7
week commencing 20 july | 20/7 24/7
off all of next week | 13/7 17/7
off for the rest of the week | 8/7 10/7 or 9/7 10/7
the rest of this week off please | 8/7 10/7 or 9/7 10/7
off from tomorrow for 3 days | 9/7 13/7
3 days starting thursday | 9/7 13/7
three working days from the 20th | 20/7 22/7
off on the 20th and 21st | 20/7 21/7
20th through 22nd of july | 20/7 22/7
july 20 thru 22 | 20/7 22/7
july 20th, 22nd and 24th | dates 20/7 22/7 24/7
monday the 20th to wednesday the 22nd | 20/7 22/7
mon 20 - wed 22 july | 20/7 22/7
monday 21 july off | ask
leave on 7/20 | 20/7
leave on 20.07. | 20/7
leave on 2026-07-20 | 20/7
every friday this month | ask or dates
the last friday of the month | 31/7
first monday of august | 3/8
the last three days of july | 29/7 31/7
end of the month | ask
early next month | ask
mid august | ask
tomorrow and the day after | 9/7 10/7
tomorrow and the day after that | 9/7 10/7
today and the next two days | 8/7 10/7
day after tomorrow till friday | 10/7 or ask
friday, not thursday | 10/7
not the 20th, the 21st | 21/7
sorry i meant tuesday, not monday | 14/7
tuesday no wait wednesday | 15/7
monday or tuesday next week | ask
either the 20th or the 21st | ask
back on the 23rd, off from the 20th | 20/7 22/7
off monday, back thursday | 13/7 15/7
i'll be back on monday, off thursday and friday | 9/7 10/7
i was sick yesterday | 7/7
i was off sick monday and tuesday | 6/7 7/7
been sick since monday | 6/7 8/7
sick last friday | 3/7
didn't come in on monday | 6/7
i worked on saturday, off next monday | 13/7
half day tomorrow afternoon | 9/7
tomorrow morning off | 9/7
off friday pm | 10/7
the whole of friday plus monday morning | ask or 10/7 13/7
two days next week, tuesday and thursday | dates 14/7 16/7
a couple of days from monday | ask or 13/7 14/7
a long weekend 17-19 july | 17/7 19/7 or 17/7
cuti dari lusa ampe senin | 10/7 13/7
cuti lusa smpai senin depan | 10/7 13/7
mulai lusa cuti 4 hari | 10/7 15/7
senin ama selasa dpn cuti ya | 13/7 14/7
sabtu minggu ini saya izin | 11/7 12/7 or 11/7
minggu besok saya cuti | 12/7 or ask
cuti minggu tgl 12 | 12/7
cuti mgg depan | 13/7 17/7
cuti mgu dpn senin | 13/7
tgl merah besok saya masuk, cutinya tgl 10 | 10/7
rencana cuti saya tgl 20 juli, kalau bisa sampai tgl 22 | 20/7 22/7 or ask
cuti tgl 20 atau kalau ga bisa tgl 21 | ask
cuti dari kamis malam sampai minggu | 9/7 12/7 or 10/7 12/7
jumat siang sampai senin | 10/7 13/7 or ask
saya ambil cuti 20 21 22 juli | 20/7 22/7
saya cuti tgl 13,14,16,17 | dates 13/7 14/7 16/7 17/7
13 14 15 cuti | 13/7 15/7
13-14 dan 16-17 juli cuti | dates 13/7 14/7 16/7 17/7
13 juli & 15 juli | dates 13/7 15/7
dua hari lagi saya cuti | 10/7
cuti 3 minggu lagi | ask or 29/7
minggu depan lagi cutinya hari kamis | 16/7 or 23/7 or ask
"""
CASES = [[part.strip() for part in line.rsplit("|", 1)] for line in TOLD.strip().splitlines()]


def _day(said: str) -> str:
    day, month = said.split("/")
    return date(2026, int(month), int(day)).isoformat()


def _fits(label: str, told: dict[str, Any]) -> bool:
    if label == "ask":
        return not any(told.get(name) for name in ("start", "end", "dates"))
    if label.startswith("dates"):
        days = [_day(said) for said in label.split()[1:]]
        return bool(told.get("dates")) and (not days or told["dates"] == days)
    if label == "none":
        return "start" not in told
    said = label.split()
    return (told.get("start"), told.get("end")) == (_day(said[0]), _day(said[-1]))


@pytest.mark.parametrize(("sentence", "labels"), CASES, ids=[sentence for sentence, _ in CASES])
def test_days_are_read_as_they_are_said(sentence: str, labels: str) -> None:
    told = understood(sentence, NOW)
    days = {name: told[name] for name in ("start", "end", "dates", "clarify") if name in told}
    assert any(_fits(label, told) for label in labels.split(" or ")), days
