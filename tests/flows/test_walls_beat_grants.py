"""A wall beats every grant: random histories of grants, moves and walls, judged again by a few lines of plain Python.

LAWCRM_WALL_STEPS (60) says how many steps are taken; each step compares what six models show to every person.
"""

import os
import random
from contextlib import nullcontext
from dataclasses import dataclass, field

import pytest
from django.apps import apps

from clients.models import Client, ClientTeam
from interactions.models import Contact
from lawcrm.firm import clock
from lawcrm.firm.actions.walls import ask_to_lift, lift_wall, raise_wall
from lawcrm.firm.models import Wall
from lawcrm.firm.queries.sight import sight_on
from lawcrm.firm.reading import one_reading
from lawcrm.firm.roles import Scope
from matters.models import Matter
from tests.people import make_department, make_person
from tests.repo.world import Planter

pytestmark = pytest.mark.django_db
STEPS = int(os.environ.get("LAWCRM_WALL_STEPS", 60))
MODELS = [
    apps.get_model(label)
    for label in (
        "clients.Client",
        "matters.Matter",
        "interactions.Contact",
        "interactions.FollowUp",
        "surveys.SurveyInvitation",
        "surveys.SurveyAnswer",
    )
]


def lift(wall, target, asking, lifting):
    ask_to_lift(wall, target, by=asking, reason="over")
    lift_wall(wall, target, by=lifting)


@dataclass
class Firm:
    """The firm and, beside the database, what was done to it."""

    dice: random.Random
    people: list = field(default_factory=list)
    planted: list = field(default_factory=list)
    departments: list = field(default_factory=list)
    walls: list = field(default_factory=list)

    def build(self):
        top = make_department("Top")
        self.departments = [top, make_department("Below", top), make_department("Beside")]
        for n in range(6):
            self.people.append(make_person(f"p{n}", department=self.departments[n % 3], scope=Scope.TEAM))
        for n in range(4):
            planter = Planter(f"w{n}", self.people[n]).plant_all(*(m._meta.label for m in MODELS))
            self.planted.append(planter.rows)

    def step(self):
        self.dice.choice(
            [self.scope, self.activity, self.hand_over, self.team, self.move_client, self.move_matter,
             self.confide, self.raise_one, self.raise_one, self.lift_one]
        )()  # fmt: skip

    def person(self):
        return self.dice.choice(self.people)

    def client(self):
        return Client.objects.get(pk=self.dice.choice(self.planted)[Client].pk)

    def scope(self):
        person = self.person()
        person.scope = self.dice.choice(Scope.values)
        person.save()

    def activity(self):
        person = self.person()
        person.is_active = self.dice.random() < 0.8
        person.save()

    def hand_over(self):
        Client.objects.filter(pk=self.client().pk).update(responsible=self.person())

    def team(self):
        client, person = self.client(), self.person()
        place = ClientTeam.objects.filter(client=client, user=person)
        if not place.delete()[0]:
            ClientTeam.objects.create(client=client, user=person)

    def move_client(self):
        Client.objects.filter(pk=self.client().pk).update(
            department=self.dice.choice([*self.departments, None])
        )

    def move_matter(self):
        Contact.objects.filter(pk=self.dice.choice(self.planted)[Contact].pk).update(
            matter=self.dice.choice([None, self.dice.choice(self.planted)[Matter]])
        )

    def confide(self):
        Contact.objects.filter(pk=self.dice.choice(self.planted)[Contact].pk).update(
            confidentiality=self.dice.choice(["ordinary", "team", "confidential"])
        )

    def raise_one(self):
        kind, model = self.dice.choice([("client", Client), ("matter", Matter)])
        people = self.dice.sample(self.people, self.dice.randint(1, 3))
        target, mode = self.dice.choice(self.planted)[model], self.dice.choice(Wall.Mode.values)
        wall = raise_wall(target, kind=kind, mode=mode, people=people, reason="test", by=people[0])
        self.walls.append((wall, kind, target.pk, mode, {person.pk for person in people}))

    def lift_one(self):
        if self.walls:
            wall, *_ = self.walls.pop(self.dice.randrange(len(self.walls)))
            lift(wall, wall, *self.people[:2])

    # -- the same, told plainly ---------------------------------------------------------------------
    def walled(self, user, kind, key) -> bool:
        return any(
            (user.pk in named) == (mode == "excludes")
            for _wall, of_kind, target, mode, named in self.walls
            if (of_kind, target) == (kind, key)
        )

    def look(self):
        """Everything there is, read once."""
        self.clients = {client.pk: client for client in Client.objects.select_related("department")}
        self.teams = set(ClientTeam.objects.values_list("client_id", "user_id"))
        related = {"surveys.SurveyAnswer": ["invitation"]}
        self.rows = {m: list(m.objects.select_related(*related.get(m._meta.label, []))) for m in MODELS}

    def sees_client(self, user, client) -> bool:
        if not user.is_active or user.scope == "none" or self.walled(user, "client", client.pk):
            return False
        own = client.responsible_id == user.pk
        team = (client.pk, user.pk) in self.teams
        below = client.department and client.department.path.startswith(user.department.path)
        return {
            "own": own,
            "team": own or team,
            "department": own or team or bool(below),
            "firm": True,
        }[user.scope]

    def sees(self, user, row) -> bool:
        if isinstance(row, Client):
            return self.sees_client(user, row)
        invitation = getattr(row, "invitation", row)
        matter = row.pk if isinstance(row, Matter) else invitation.matter_id
        client = self.clients[row.client_id]
        if not self.sees_client(user, client) or (matter and self.walled(user, "matter", matter)):
            return False
        if isinstance(row, Contact) and row.confidentiality != "ordinary":
            close = {client.responsible_id, row.logged_by_id, row.with_lawyer_id}
            return user.pk in close or (client.pk, user.pk) in self.teams
        return True


@pytest.mark.parametrize(("seed", "where"), [(0, nullcontext), (1, one_reading)], ids=["task", "request"])
def test_what_is_shown_is_what_the_rules_say(seed, where):
    """In a task each question asks for the walls; in a request they are read once."""
    firm = Firm(random.Random(os.environ.get("LAWCRM_WALL_SEED", f"walls {seed}")))
    firm.build()
    for step in range(STEPS // 2):
        firm.step()
        firm.look()
        for user in firm.people:
            with where():
                shown = {m: set(m.objects.visible_to(user).values_list("pk", flat=True)) for m in MODELS}
            for model in MODELS:
                should = {row.pk for row in firm.rows[model] if firm.sees(user, row)}
                assert shown[model] == should, (
                    f"seed {seed}, step {step}: {user.username}, {model._meta.label}"
                )
        for kind, model in (("client", Client), ("matter", Matter)):
            for row in firm.rows[model]:
                told = {one.person.pk for one in sight_on(kind, row, clock.today()).seen if one.until is None}
                assert told == {user.pk for user in firm.people if firm.sees(user, row)}, (
                    f"seed {seed}, step {step}"
                )


def test_a_walled_person_stays_out_whatever_they_are_given():
    """Named responsible, put on the team, given the whole firm as scope: the wall holds; lifted, all is there again."""
    owner, walled = make_person("lawyer"), make_person("lawyer2", scope=Scope.FIRM)
    rows = Planter("secret", owner).plant_all(*(m._meta.label for m in MODELS)).rows
    client = rows[Client]
    wall = raise_wall(client, kind="client", mode="excludes", people=[walled], reason="conflict", by=owner)
    ClientTeam.objects.create(client=client, user=walled)
    Client.objects.filter(pk=client.pk).update(responsible=walled)
    Matter.objects.update(responsible=walled)
    Contact.objects.update(logged_by=walled, with_lawyer=walled)
    assert not any(model.objects.visible_to(walled).exists() for model in MODELS)
    lift(wall, client, owner, make_person("partner"))
    assert all(model.objects.visible_to(walled).exists() for model in MODELS)
