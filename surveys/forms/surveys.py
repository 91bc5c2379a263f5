"""Input for surveys: what the firm sends, and what the client answers."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from surveys.enums import Occasion
from surveys.rules.questionnaire import ALL_QUESTIONS, MARKS, QUESTIONS, RECOMMENDATION
from surveys.words import MARK_WORDS, QUESTION_WORDS, dimension_word


class SendForm(forms.Form):
    """Who is asked, and about what. People and matters offered are those of the client that the sender may see."""

    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices, initial=Occasion.REGULAR)
    language = forms.ChoiceField(label=_("Language of the questionnaire"), choices=settings.LANGUAGES)
    person = forms.ModelChoiceField(label=_("Person"), queryset=None, required=False)
    matter = forms.ModelChoiceField(label=_("Matter"), queryset=None, required=False)

    def __init__(self, *args, people, matters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["matter"].queryset = matters


class AnswerForm(forms.Form):
    """The questionnaire. Every question may be left out; at least one thing is said."""

    nps = forms.TypedChoiceField(
        label=_("How likely are you to recommend us to others?"),
        choices=[(str(mark), str(mark)) for mark in RECOMMENDATION],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What should we do better?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in ALL_QUESTIONS:
            self.fields[question] = forms.TypedChoiceField(
                label=QUESTION_WORDS[question],
                choices=[(str(mark), MARK_WORDS[mark]) for mark in MARKS],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def dimensions(self):
        """The questions as bound fields, dimension by dimension."""
        return [
            {"title": dimension_word(code), "questions": [self[question] for question in questions]}
            for code, questions in QUESTIONS.items()
        ]

    @property
    def marks(self) -> dict[str, int]:
        """The marks given, by question."""
        given = {question: self.cleaned_data.get(question) for question in ALL_QUESTIONS}
        return {question: mark for question, mark in given.items() if mark is not None}
