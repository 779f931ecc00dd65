"""What people do about accounts in their browser: a forgotten password, a second step, roles, a block and its end."""

import re
from datetime import timedelta

import pytest

from bot import conversation
from core import clock, database, jobs, vault
from core.accounts import appointing, blocks, joining, offers, resets, second_factor, sign_in, totp
from core.accounts.tables import Account
from core.messaging import account_mail, outbox
from core.messaging.tables import Inbound, Outbound
from core.people.tables import ChannelIdentity, Person
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import HR, as_
from tests.core.conftest import MONDAY

EMAIL, PASSWORD = "pages@maju.example", "four unrelated words here"


async def account_with(house: Installation, role: str, person: int | None = None) -> int:
    async with database.transaction(house.maju.company):
        account = await joining.join(EMAIL, role, person=person, language="id")
        link = await joining.sign_in_link(account)
    await sign_in.redeem(link, PASSWORD)
    return account


async def mails(house: Installation, key: str) -> list[str]:
    async with database.reading(house.maju.company):
        rows = await Outbound.select().where(Outbound.key == key).order_by(Outbound.id)
        return [outbox.unseal(row).text for row in rows]


async def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(house: Installation) -> None:
    account = await account_with(house, "employee", house.maju.budi.person)
    old = await sign_in.open_for(account)
    visitor = house.visitor()
    pages = []
    for email in (EMAIL, "nobody@maju.example"):
        answer = await visitor.post("/forgot", email=email)
        assert (answer.status_code, answer.headers["location"]) == (303, "/forgot?sent=1")
        pages.append((await visitor.get("/forgot?sent=1")).text)
    assert pages[0] == pages[1]
    await jobs.drain()
    (text,) = await mails(house, "accounts.mail_reset")
    path = re.findall(r"/reset/\S+", text)[0]
    await visitor.post("/forgot", email=EMAIL)
    await jobs.drain()
    newer = re.findall(r"/reset/\S+", (await mails(house, "accounts.mail_reset"))[1])[0]
    assert (await visitor.get(path)).status_code == 410, "an older link is void"
    answer = await visitor.post(newer, password="another four unrelated words")
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/")
    assert await sign_in.recognise(old) is None
    spent = await house.visitor().get(newer)
    assert spent.status_code == 410
    assert 'href="/forgot"' in spent.text and "administrator" not in spent.text


async def test_a_reset_link_ends_after_half_an_hour_and_mailboxes_are_not_filled(house: Installation) -> None:
    await account_with(house, "employee", house.maju.budi.person)
    for _ in range(6):
        await account_mail.forgotten(EMAIL)
        await jobs.drain()
    sent = await mails(house, "accounts.mail_reset")
    assert len(sent) == resets.MOST_MAILED
    path = re.findall(r"/reset/\S+", sent[-1])[0]
    with clock.freeze(MONDAY + timedelta(minutes=29)):
        assert (await house.visitor().get(path)).status_code == 200
    with clock.freeze(MONDAY + timedelta(minutes=31)):
        assert (await house.visitor().get(path)).status_code == 410


async def test_the_form_asks_for_as_many_characters_as_are_taken(house: Installation) -> None:
    for role, person, least in (
        ("employee", house.maju.budi.person, 8),
        ("administrator", house.maju.ratna.person, 12),
    ):
        async with database.transaction(house.maju.company):
            account = await joining.join(f"{role}@maju.example", role, person=person, language="id")
            link = await joining.sign_in_link(account)
        visitor = house.visitor()
        shown = (await visitor.get(f"/sign-in/{link}")).text
        assert f'minlength="{least}"' in shown and f"Paling sedikit {least} huruf" in shown
        short = await visitor.post(f"/sign-in/{link}", password="kenari7"[: least - 1])
        assert short.status_code == 422 and f"paling sedikit {least} huruf" in short.text
        assert (await visitor.post(f"/sign-in/{link}", password="lumbung7kenari")).status_code == 303
    ratna = await house.as_person(house.maju, "ratna")
    assert 'minlength="12"' in (await ratna.get("/account")).text


async def test_who_is_offered_a_role_of_administrators_is_asked_for_their_length(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        account, _ = await appointing.appoint("baru@maju.example", "administrator", by=HR)
        link = await joining.sign_in_link(account)
    shown = (await house.visitor().get(f"/sign-in/{link}")).text
    assert 'minlength="12"' in shown and 'minlength="8"' not in shown


async def test_an_administrator_sets_the_second_step_up_before_anything_opens(house: Installation) -> None:
    account = await account_with(house, "administrator")
    visitor, slug = house.visitor(), await house.slug(house.maju)
    answer = await visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    assert answer.headers["location"] == "/second-factor/setup"
    assert (await visitor.get(f"/{slug}/leave")).status_code == 303
    page = await visitor.get("/second-factor/setup")
    assert "<svg" in page.text
    secret = "".join(re.findall(r"<p class=\"mono\">([A-Z2-7 ]+)</p>", page.text)[0].split())
    wrong = await visitor.post("/second-factor/setup", code="12345")
    assert wrong.status_code == 422
    codes = await visitor.post("/second-factor/setup", code=totp.code_at(secret, totp.step_of(clock.now())))
    assert len(re.findall(r"<li>[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}</li>", codes.text)) == 10
    # They are shown this once: nothing on the page leads away from them but the button that says they are kept.
    assert "/language" not in codes.text and "/theme" not in codes.text and "/sign-in" not in codes.text
    assert (await visitor.get(f"/{slug}/leave")).status_code == 200
    other = house.visitor()
    with clock.freeze(MONDAY + timedelta(minutes=1)):
        answer = await other.post("/sign-in", email=EMAIL, password=PASSWORD, next=f"/{slug}/leave")
        assert answer.headers["location"].startswith("/second-factor?next=")
        assert (await other.get(f"/{slug}/leave")).status_code == 303
        code = totp.code_at(secret, totp.step_of(clock.now()))
        answer = await other.post("/second-factor", code=code, next=f"/{slug}/leave")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{slug}/leave")
        assert (await other.get(f"/{slug}/leave")).status_code == 200
    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None and secret not in str(row.totp)
    assert vault.unseal(str(row.totp), company=0, column="account.totp") == secret


async def test_the_codes_on_paper_lead_on_inside_the_house_alone(house: Installation) -> None:
    visitor = await house.as_role(house.maju, "agent")
    signed = await sign_in.recognise(visitor.http.cookies["session"])
    assert signed is not None
    secret, _ = await second_factor.begin(signed.account)
    code = totp.code_at(secret, totp.step_of(clock.now()))
    page = await visitor.post("/account/second-factor", code=code, next="https://elsewhere.example/")
    assert page.status_code == 200
    assert "elsewhere.example" not in page.text and 'href="/account"' in page.text


async def test_changing_the_second_step_asks_to_sign_in_again(house: Installation) -> None:
    visitor = await house.as_person(house.maju, "budi")
    assert (await visitor.get("/account/second-factor")).status_code == 200
    with clock.freeze(MONDAY + timedelta(minutes=11)):
        answer = await visitor.get("/account/second-factor")
        assert answer.headers["location"].startswith("/sign-in?again=1")
        assert (await visitor.get(answer.headers["location"])).status_code == 200


async def _newest() -> int:
    async with database.installation(writes=False):
        rows = await Inbound.select(Inbound.id).order_by(Inbound.id, ascending=False).limit(1)
    return int(rows[0]["id"])


async def test_somebody_has_the_chat_ask_with_digits_and_with_buttons_again(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    assert 'value="digits"' in (await budi.get("/account")).text
    for by, other, choices in (("digits", "buttons", False), ("buttons", "digits", True)):
        answer = await budi.post("/account/answers", by=by)
        assert answer.headers["location"] == f"/account?done={by}"
        assert f'value="{other}"' in (await budi.get("/account")).text
        await budi.post("/chat", words="menu")
        await conversation.answer(None, await _newest())
        message = (await house.maju.told(house.maju.budi))[-1]
        assert bool(message.choices and not message.numbered) is choices
    nobody = await house.as_role(house.maju, "agent")
    assert 'action="/account/answers"' not in (await nobody.get("/account")).text


async def test_somebody_has_quiet_hours_of_their_own(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    assert "Sekarang mengikuti perusahaan: 21.00 sampai 06.00." in (await budi.get("/account")).text
    refused = await budi.post("/account/nights", starts="20", ends="")
    assert refused.status_code == 422
    assert "Pilih jam mulai dan jam akhir" in refused.text
    saved = await budi.post("/account/nights", starts="20", ends="7")
    page = (await budi.get(saved.headers["location"])).text
    assert "Pilihanmu tersimpan." in page
    assert '<option value="20" selected>20.00</option>' in page
    assert "checked" not in page.partition('name="news"')[2].partition(">")[0], "what is not ticked is off"


async def test_a_super_administrator_appoints_and_removes_after_reading_it_over(house: Installation) -> None:
    slug = await house.slug(house.maju)
    boss = await house.as_role(house.maju, "super_administrator")
    given = {"email": "baru@maju.example", "role": "agent"}
    page = await boss.post(f"/{slug}/roles", **given)
    assert page.status_code == 200 and "baru@maju.example" in page.text
    assert "baru@maju.example" not in (await boss.get(f"/{slug}/roles")).text
    assert (await boss.post(f"/{slug}/roles", sure="1", **given)).status_code == 303
    listed = (await boss.get(f"/{slug}/roles?done=offered")).text
    assert "baru@maju.example" in listed and "belum diterima" in listed
    assert len(await mails(house, "accounts.mail_welcome")) == 1
    async with database.transaction(house.maju.company):
        assert "baru@maju.example" not in [one.email for one in await appointing.holders()]
        await offers.take((await offers.standing())[0].account)
        one = next(one for one in await appointing.holders() if one.email == "baru@maju.example")
    assert (await boss.get(f"/{slug}/roles/{one.public}")).status_code == 200
    asked = await boss.post(f"/{slug}/roles/{one.public}/dismiss", role="agent")
    assert asked.status_code == 200
    assert (await boss.post(f"/{slug}/roles/{one.public}/dismiss", role="agent", sure="1")).status_code == 303
    assert "baru@maju.example" not in (await boss.get(f"/{slug}/roles")).text
    for bad in ({"email": "not an address", "role": "agent"}, {"email": "a@b.example", "role": "employee"}):
        assert (await boss.post(f"/{slug}/roles", sure="1", **bad)).status_code == 422


async def test_an_administrator_appoints_nobody_and_takes_no_second_step_off_a_super(house: Installation) -> None:
    slug = await house.slug(house.maju)
    ratna = await house.as_role(house.maju, "administrator")
    page = (await ratna.get(f"/{slug}/roles")).text
    assert 'action="/' + slug + '/roles"' not in page
    async with database.reading(house.maju.company):
        held = {one.email: one for one in await appointing.holders()}
    boss = held["hendra@maju.example"]
    answer = await ratna.post(f"/{slug}/roles/{boss.public}/second-factor", reason="ponselnya hilang")
    assert answer.status_code == 403


async def test_a_block_from_the_page_ends_it_all_and_hr_lifts_it_with_a_reason(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    budi = await house.as_person(maju, "budi")
    assert (await budi.get("/account/block")).status_code == 200
    answer = await budi.post("/account/block")
    assert answer.status_code == 200 and re.search(r"\bB-\d+", answer.text)
    assert (await budi.get("/account")).status_code == 303
    ratna = await house.as_person(maju, "ratna")
    async with database.reading(maju.company):
        person = await Person.objects().get(Person.id == maju.budi.person)
    assert person is not None
    assert "Budi Santoso" in (await ratna.get(f"/{slug}/blocked")).text
    assert (await ratna.post(f"/{slug}/blocked/{person.public}", reason="")).status_code == 422
    answer = await ratna.post(f"/{slug}/blocked/{person.public}", reason="KTP diperiksa")
    assert answer.status_code == 303
    assert "Surat yang menunggu" in (await ratna.get(answer.headers["location"])).text, "no server takes the mail away"
    async with database.reading(maju.company):
        assert await blocks.of_person(maju.budi.person) is None
    assert len(await mails(house, "accounts.mail_unblocked")) == 1


async def test_an_administrator_s_own_block_is_not_for_the_page_to_lift(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        await blocks.block(maju.hendra.person, channel="web", by=as_(maju.hendra))
        person = await Person.objects().get(Person.id == maju.hendra.person)
    assert person is not None
    ratna = await house.as_person(maju, "ratna")
    answer = await ratna.post(f"/{slug}/blocked/{person.public}", reason="kata orangnya begitu")
    assert answer.status_code == 422 and "operator" in answer.text
    async with database.reading(maju.company):
        assert await blocks.of_person(maju.hendra.person) is not None


async def test_one_s_sessions_are_listed_and_ended(house: Installation) -> None:
    account = await account_with(house, "employee", house.maju.budi.person)
    other = await sign_in.enter(EMAIL, PASSWORD, seat=sign_in.Seat("Chrome, Android", "10.9.8.7"))
    mine = await house.as_account(account)
    page = (await mine.get("/account")).text
    assert "Chrome, Android" in page and "10.9.8.7" in page
    public = re.findall(r"/account/sessions/([\w-]+)/end", page)[0]
    assert public
    assert (await mine.post("/account/sessions/end")).status_code == 303
    assert await sign_in.recognise(other) is None
    assert (await mine.get("/account")).status_code == 200


async def test_waiting_mail_is_read_by_a_super_administrator_and_that_is_written_down(house: Installation) -> None:
    slug = await house.slug(house.maju)
    async with database.transaction(house.maju.company):
        account = await joining.join("baru@maju.example", "agent", person=None, language="id")
        await account_mail.welcome(account, await joining.sign_in_link(account))
        await Outbound.update({Outbound.state: "waiting"}).where(Outbound.channel == "email")
    boss = await house.as_role(house.maju, "super_administrator")
    page = (await boss.get(f"/{slug}/mail")).text
    assert "baru@maju.example" in page and "/sign-in/" in page and "kali dicoba" not in page
    async with database.transaction(house.maju.company):
        refused = {Outbound.state: "queued", Outbound.attempts: 2}
        await Outbound.update(refused).where(Outbound.channel == "email")
    page = (await boss.get(f"/{slug}/mail")).text
    assert "baru@maju.example" in page and "sudah 2 kali dicoba" in page
    assert "membaca surat yang menunggu" in (await boss.get(f"/{slug}/audit")).text


async def test_head_is_answered_like_get_without_the_words(house: Installation) -> None:
    visitor: Visitor = house.visitor()
    for path in ("/", "/sign-in", "/static/app.css"):
        answer = await visitor.http.head(path)
        assert (answer.status_code, answer.content) == (200, b""), path


async def test_whoever_may_not_open_a_page_keeps_the_menu(house: Installation) -> None:
    slug = await house.slug(house.maju)
    budi = await house.as_person(house.maju, "budi")
    answer = await budi.get(f"/{slug}/audit")
    assert answer.status_code == 403
    assert 'href="/me/leave"' in answer.text and "Budi Santoso" in answer.text


@pytest.mark.parametrize("path", ["/second-factor", "/second-factor/setup", "/account/second-factor"])
async def test_the_second_step_is_nobody_s_without_a_session(house: Installation, path: str) -> None:
    visitor = house.visitor()
    assert (await visitor.get(path)).status_code == 303
    assert (await visitor.post(path, code="123456")).status_code in (303, 422)


async def test_a_chat_that_fell_silent_is_confirmed_on_the_account_page(house: Installation) -> None:
    budi = house.maju.budi
    async with database.transaction(house.maju.company):
        await ChannelIdentity.insert(
            ChannelIdentity(
                person=budi.person, channel="telegram", account="bot", external_id="777", place="777",
                verified_at=MONDAY - timedelta(days=91), consent_hash="",
            )
        )  # fmt: skip
    visitor = await house.as_person(house.maju, "budi")
    page = (await visitor.get("/account")).text
    assert "Masih saya" in page
    answer = await visitor.post("/account/chats/telegram/confirm")
    assert answer.headers["location"] == "/account?done=confirmed"
    page = (await visitor.get("/account?done=confirmed")).text
    assert "Chat itu tersambung lagi" in page
    assert "Masih saya" not in page
