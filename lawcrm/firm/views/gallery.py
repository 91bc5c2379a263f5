"""The component gallery at /ui/: every component in its states. Development only."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

TYPES = [
    ("basic", "Basic"),
    ("passive", "Passive"),
    ("responsible", "Responsible"),
    ("proactive", "Proactive"),
    ("partner", "Partner"),
]
CRITERIA = {
    "passive": [("A two-way contact in the last year", "18 contacts", True)],
    "responsible": [
        ("Expectations checked within 30 days of acceptance", "2 of 2 matters", True),
        ("No open matter without a progress report for 30 days", "longest 12 days", True),
        ("Feedback asked for", "survey answered in March", True),
    ],
    "proactive": [
        ("Contact at least every 45 days", "longest gap 38 days", True),
        ("Two legal updates or new services", "1 so far", False),
        ("Needs reviewed in the last 180 days", "last one 212 days ago", False),
    ],
    "partner": [("Both sides start conversations", "client started 31 %", True)],
}


class SampleForm(forms.Form):
    """One of each field, one of them wrong."""

    name = forms.CharField(label="Name", help_text="As it stands in the register.")
    email = forms.EmailField(label="Email", required=False)
    since = forms.DateField(
        label="Client since", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label="Kind of client", choices=[("private", "Private enterprise")])
    channel = forms.ChoiceField(
        label="Channel",
        choices=[("phone", "Phone"), ("video", "Video"), ("email", "Email"), ("face", "Face to face")],
        widget=forms.RadioSelect,
        initial="phone",
    )
    purposes = forms.MultipleChoiceField(
        label="What it was about",
        required=False,
        choices=[("progress", "Progress report"), ("update", "Legal update"), ("needs", "Needs review")],
        widget=forms.CheckboxSelectMultiple,
        initial=["progress"],
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    told = forms.BooleanField(label="The client has been told", required=False)


def gallery(request):
    if settings.PRODUCTION:
        raise Http404
    return render(request, "ui/gallery.html", _samples())


def _samples() -> dict:
    now = timezone.now()
    return {
        "types": [{"code": code, "label": label} for code, label in TYPES],
        "parts": [
            {"code": code, "label": label, "count": count, "url": "#parts"}
            for (code, label), count in zip(TYPES, (41, 77, 96, 58, 28), strict=True)
        ],
        "grades": [
            ("A", "Key client"),
            ("B", "Important client"),
            ("C", "Standard client"),
            ("D", "Developing"),
        ],
        "icons": _icon_names(),
        "ladder": _ladder("responsible"),
        "ladder_top": _ladder("partner"),
        "ladder_unknown": {
            **_ladder(""),
            "known": False,
            "unknown_reason": "Log a first contact: nothing is on record yet.",
        },
        "form": SampleForm(),
        "wrong_form": SampleForm({"email": "not an address", "channel": "phone"}, auto_id="wrong_%s"),
        "now": now,
        "earlier": now - timedelta(days=9),
        "long_ago": now - timedelta(days=420),
        "tags": ["Progress report", "Billing"],
        "spark": [3, 5, 4, 6, 9, 8, 11],
        "headings": [
            {"text": "Client", "url": "#table", "sort": "ascending"},
            {"text": "Responsible"},
            {"text": "Contacts", "num": True},
        ],
        "rows": [
            [
                {"text": "Yangtze Precision Optics 长江精密光学", "url": "#table", "sub": "Shanghai"},
                {"text": "Wei Chen"},
                {"text": 42, "num": True},
            ],
            [
                {"text": "王小明", "url": "#table", "sub": "Natural person"},
                {"text": "Na Li"},
                {"text": 7, "num": True},
            ],
        ],
        "trend": {
            "labels": ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov"],
            "series": [
                {"label": label, "code": code, "values": [10 + i * 7 + month * (i - 1) for month in range(6)]}
                for i, (code, label) in enumerate(TYPES)
            ],
        },
    }


def _ladder(current: str) -> dict:
    codes = [code for code, _label in TYPES]
    at = codes.index(current) if current else -1
    steps = []
    for i, (code, label) in enumerate(TYPES):
        criteria = [
            {"text": text, "figures": figures, "met": met or i <= at, "links": []}
            for text, figures, met in CRITERIA.get(code, [])
        ]
        state = "current" if i == at else "reached" if i < at else "ahead"
        met = sum(each["met"] for each in criteria)
        steps.append(
            {
                "code": code,
                "label": label,
                "state": state,
                "criteria": criteria,
                "met": met,
                "total": len(criteria),
            }
        )
    ahead = {
        "text": "Send a legal update that matters to their business.",
        "towards": "Proactive",
        "url": "#ladder",
    }
    return {
        "known": True,
        "steps": steps,
        "current_label": dict(TYPES).get(current, ""),
        "override": None,
        "next": ahead if 0 <= at < 4 else None,
    }


def _icon_names() -> list[str]:
    return (settings.BASE_DIR / "static/vendor/icons/icons.txt").read_text().split()
