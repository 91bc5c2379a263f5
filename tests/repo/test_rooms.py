"""The order of the house: who may read the database, who says what about walls and merges, what nobody uses."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.repo.world import client_side_models

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("lawcrm", "clients", "matters", "interactions", "surveys")
# Where `Model.objects` may stand beside models, queries, actions, access, management and migrations: parts of the
# foundation that keep its own books.
KEEPERS = {
    "lawcrm/firm/doctor.py",
    "lawcrm/firm/inventory.py",
    "lawcrm/firm/keyring.py",
    "lawcrm/firm/policy.py",
    "lawcrm/firm/sessions.py",
    "lawcrm/firm/throttle.py",
    "lawcrm/embedded/prepare.py",
}
AWAITED = {"panel_lazy", "section_head"}  # components the client page will use
DATA_ROOMS = {"models", "queries", "actions", "management", "migrations", "demo", "bench"}


def sources():
    for room in ROOMS:
        yield from (ROOT / room).rglob("*.py")


def may_read_the_database(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    names = {part.removesuffix(".py") for part in parts}
    return bool(names & DATA_ROOMS) or path.name == "access.py" or "/".join(parts) in KEEPERS


def test_only_the_data_rooms_reach_past_the_door():
    strays = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if not may_read_the_database(path)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert not strays, "\n".join(["outside queries, actions, access and models:", *strays])


def test_no_request_is_poured_into_a_query():
    pattern = re.compile(r"\*\*request\.|\.extra\(|RawSQL\(|\.raw\(")
    found = [
        str(path.relative_to(ROOT))
        for path in sources()
        if "bench" not in path.parts and pattern.search(path.read_text())
    ]
    assert not found


def test_every_client_side_model_says_where_its_walls_are():
    silent = [m._meta.label for m in client_side_models() if "wall_paths" not in vars(m)]
    assert not silent, "state wall_paths"


def test_wall_paths_lead_to_client_and_matter():
    ends = {"client": "clients.Client", "matter": "matters.Matter"}
    for model in client_side_models():
        for kind, path in model.wall_paths.items():
            assert _end_of(model, path) == ends[kind], f"{model._meta.label}.wall_paths[{kind!r}] = {path!r}"


def _end_of(model, path) -> str:
    for step in path.split("__"):
        if step == "id":
            return model._meta.label
        field = model._meta.get_field(step.removesuffix("_id"))
        model = field.related_model
    return model._meta.label


def test_every_row_that_leads_to_a_client_says_so():
    """A model with a client at the end of a relation must not forget it in wall_paths."""
    for model in client_side_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(field, models.ForeignKey) and getattr(target, "wall_paths", {}).get("client"):
                assert "client" in model.wall_paths, f"{model._meta.label}.{field.name} leads to a client"
            if isinstance(field, models.ForeignKey) and "matter" in getattr(target, "wall_paths", {}):
                assert "matter" in model.wall_paths or field.null, f"{model._meta.label}.{field.name}"


def test_every_relation_to_a_client_says_what_a_merge_does():
    client = apps.get_model("clients", "Client")
    for model in client_side_models():
        relations = {
            f.name
            for f in model._meta.get_fields()
            if f.concrete and f.is_relation and f.related_model is client
        }
        declared = vars(model).get("on_client_merge", {})
        assert set(declared) == relations, f"{model._meta.label}.on_client_merge"
        assert set(declared.values()) <= {"move", "unite", "keep"}, model._meta.label


def test_a_room_uses_only_what_lies_below_it():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_template_is_used():
    texts = [path.read_text() for path in (*sources(), *(ROOT / "templates").rglob("*.html"))]
    text = "\n".join(texts)
    spoken_for = {"400", "403", "403_csrf", "404", "429", "500"} | AWAITED
    unused = []
    for path in (ROOT / "templates").rglob("*.html"):
        name = path.relative_to(ROOT / "templates").as_posix()
        if path.stem not in spoken_for and f'"{name}' not in text and not _built(name, text):
            unused.append(name)
    assert not unused


def _built(name: str, text: str) -> bool:
    """Names made at run time, as in f"shell/{part}.html"."""
    folder, _, _file = name.rpartition("/")
    return bool(folder) and bool(re.search(rf'f"{re.escape(folder)}/\{{\w+\}}\.html', text))


@pytest.mark.parametrize(
    "pattern", [r"\sstyle=", r"\son\w+=", r"<script(?![^>]*\bsrc=)[^>]*>", r"hx-on", r"js:"]
)
def test_templates_keep_the_content_security_policy(pattern):
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(pattern, re.sub(r"{% comment.*?endcomment %}", "", path.read_text(), flags=re.S))
    ]
    assert not found


def test_every_form_is_guarded_against_forgery():
    bare = []
    for path in (ROOT / "templates").rglob("*.html"):
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), flags=re.S):
            if "csrf_token" not in form and "ui/" not in str(path):
                bare.append(str(path.relative_to(ROOT)))
    assert not bare


def test_forms_name_their_fields():
    assert not [str(p) for p in sources() if "__all__" in p.read_text() and "forms" in p.parts]
