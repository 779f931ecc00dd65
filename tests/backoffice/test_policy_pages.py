"""Terms and privacy policy, read by anybody and accepted by who signs for the company."""

from tests.backoffice.conftest import Installation


async def test_anybody_reads_them_in_their_language(house: Installation) -> None:
    stranger = house.visitor()
    page = (await stranger.get("/privacy")).text
    assert "<h1>Kebijakan privasi</h1>" in page and "3 x 24 jam" in page
    assert (await stranger.get("/privasi")).headers["location"] == "/privacy"
    assert (await stranger.get("/syarat")).headers["location"] == "/terms"
    assert "melepaskan haknya menuntut ganti rugi" in (await stranger.get("/terms")).text
    for wrong in ("99", "x", "1000000000"):
        assert (await stranger.get(f"/terms?version={wrong}")).status_code == 404
    assert (await stranger.get("/terms?version=1&beside=1")).status_code == 200


async def test_a_super_administrator_accepts_them_by_name(house: Installation) -> None:
    slug, owner = await house.slug(house.maju), await house.as_role(house.maju, "super_administrator")
    there = f"/{slug}/settings/terms"
    assert "2 dokumen menunggu diterima." in (await owner.get(there)).text
    assert "2 dokumen menunggu diterima" in (await owner.get(f"/{slug}/today")).text
    assert (await owner.post(there, kind="terms", version="7")).status_code == 422
    assert (await owner.post(there, kind="terms", version="1")).status_code == 303
    done = await owner.post(there, kind="privacy", version="1")
    page = (await owner.get(done.headers["location"])).text
    assert "Diterima dan tercatat." in page and "Ketentuan dan kebijakan sudah diterima." in page
    assert "menunggu diterima" not in (await owner.get(f"/{slug}/today")).text
    assert (await (await house.as_role(house.maju, "administrator")).get(there)).status_code == 403
