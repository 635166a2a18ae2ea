"""Simulated agencies that speak the court's JSON format, against a court that checks signatures by itself."""

from __future__ import annotations

import base64
import json
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from simworld.catalog import BY_KEY
from simworld.config import SIGNING, ConfigError, Credentials, Settings, read_config
from simworld.institutions.holdings import DRAWN
from simworld.institutions.json_agency import JsonAgency
from simworld.institutions.soap import CourtUnreachableError
from simworld.population import World

WORLD = World(1, 60)
NOON = datetime(2026, 3, 4, 12)


def key_text() -> str:
    raw = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return base64.b64encode(raw).decode()


@pytest.fixture
def made(tmp_path):
    def make(kind: str) -> JsonAgency:
        agency = BY_KEY[kind]
        credentials = Credentials(
            code=agency.code, name=agency.name, kind=kind, username="k1", password="", private_key=key_text()
        )
        return JsonAgency(
            agency, credentials, court="http://127.0.0.1:9", home=tmp_path, world=WORLD, settings=Settings()
        )

    return make


def asked(person, number: str = "R1", **more) -> dict:
    return {"request_no": number, "subject": {"name": person.name, "id_no": person.resident_id}, **more}


@pytest.mark.parametrize("kind", SIGNING)
def test_what_is_in_the_books_is_found_by_name_and_number_only(made, kind):
    institution = made(kind)
    owner = institution.books.rows("select * from holdings limit 1")[0]
    person = next(p for p in WORLD.persons if p.resident_id == owner["holder_id"])
    with institution.books.transaction() as db:
        [found] = institution.work(db, "inquiry", asked(person), "", "", NOON)
        other = asked(person) | {"subject": {"name": person.name, "id_no": "130930200001019999"}}
        [none] = institution.work(db, "inquiry", other, "", "", NOON)
    result = json.loads(found.body)["results"][0]
    assert (result["outcome"], result["assets"][0]["kind"]) == ("found", kind)
    assert not any(isinstance(value, float | int) for value in result["assets"][0]["detail"].values())
    assert json.loads(none.body)["results"][0]["outcome"] == "not_found"


def test_a_measure_stands_once_and_a_second_one_waits(made):
    institution = made("vehicle")
    free = institution.books.rows(
        "select * from holdings where number not in (select holding from holds) limit 1"
    )[0]
    person = next(p for p in WORLD.persons if p.resident_id == free["holder_id"])
    item = {
        "seq": "1",
        "action": "seize",
        "target": {"unit_no": free["number"]},
        "effective_to": "2028-03-03",
    }
    with institution.books.transaction() as db:
        first, second = (
            json.loads(institution.work(db, "control", asked(person, no, items=[item]), "", "", NOON)[0].body)
            for no in ("K1", "K2")
        )
        release = {**item, "action": "release", "original_request_no": "K1"}
        third = institution.work(db, "control", asked(person, "K3", items=[release]), "", "", NOON)
        wrong = institution.work(db, "control", asked(person, "K4", items=[release]), "", "", NOON)
    assert first["results"][0]["outcome"] == second["results"][0]["outcome"] == "done"
    assert second["results"][0]["remark"] == "轮候，第1顺位"
    assert json.loads(third[0].body)["results"][0]["outcome"] == "done"
    assert json.loads(wrong[0].body)["results"][0]["outcome"] == "not_done"
    states = institution.books.rows("select state from holds where request_no in ('K1', 'K2') order by id")
    assert [row["state"] for row in states] == ["lifted", "waiting"]


def test_a_request_without_papers_goes_back(made):
    institution = made("insurance")
    with institution.books.transaction() as db:
        [back] = institution.work(db, "inquiry", asked(WORLD.persons[0]), "无法律文书", "", NOON)
    told = json.loads(back.body)
    assert (told["type"], told["rollbacks"][0]["note"]) == ("rollbacks", "无法律文书")


def test_an_answer_the_court_did_not_sign_is_not_believed(made, httpserver_plain):
    institution = made("payment")
    institution.caller.court = httpserver_plain
    with pytest.raises(CourtUnreachableError):
        institution.caller.get("/inquiries")


@pytest.fixture
def httpserver_plain():
    """A court that answers without signing."""
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Plain(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"type":"inquiry_list","requests":[]}')

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Plain)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_signing_agency_needs_its_key(tmp_path):
    path = tmp_path / "config.json"
    row = {"code": "G" * 17, "name": "x", "kind": "vehicle", "username": "k1"}
    path.write_text(json.dumps({"agencies": [row]}))
    with pytest.raises(ConfigError) as refused:
        read_config(path, seed=1)
    assert "private_key" in refused.value.problems[0]
    path.write_text(json.dumps({"agencies": [row | {"private_key": key_text()}]}))
    assert "private_key" not in repr(read_config(path, seed=1).agencies[0])


def test_every_signing_kind_has_books():
    assert set(DRAWN) == set(SIGNING)
