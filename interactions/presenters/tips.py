"""Short advice for a conversation: by the way it is held, and by how the client tends to talk."""

from django.utils.translation import gettext_lazy as _

from clients.enums import Temperament
from interactions.enums import Channel

FACE_TO_FACE, BY_PHONE, IN_WRITING = "face_to_face", "phone", "written"
GROUP_OF = {
    Channel.FACE_TO_FACE: FACE_TO_FACE,
    Channel.VIDEO: FACE_TO_FACE,
    Channel.EVENT: FACE_TO_FACE,
    Channel.PHONE: BY_PHONE,
    Channel.EMAIL: IN_WRITING,
    Channel.LETTER: IN_WRITING,
    Channel.INSTANT_MESSAGE: IN_WRITING,
}
BY_CHANNEL = {
    FACE_TO_FACE: (
        _("Listen first; let them finish, do not interrupt."),
        _("Ask open questions: what, how, what for."),
        _("Say back what you understood, and who does what by when."),
    ),
    BY_PHONE: (
        _("Say who you are and why you call; ask whether it suits."),
        _("Keep to the point; one matter after the other."),
        _("Ask before recording."),
        _("End with what happens next, and by when."),
    ),
    IN_WRITING: (
        _("Exact words, a clear structure, one subject to a message."),
        _("Nothing confidential where others may read it."),
        _("Answer soon, if only to say when the answer comes."),
    ),
}
# Of one channel alone, before those of its group.
OF_CHANNEL = {
    Channel.VIDEO: (_("Be there two minutes early; check sound and what stands behind you."),),
    Channel.EVENT: (_("They are guests: care first, business only if they begin it."),),
}
BY_TEMPERAMENT = {
    Temperament.DEMANDING: (
        _("Give the full picture: facts, options, risks, costs, dates."),
        _("Commit only to what will be kept, and say by when."),
    ),
    Temperament.CONFUSED: (
        _("Answer professionally and briefly, in plain words."),
        _("One step at a time; send the summary afterwards."),
    ),
    Temperament.AGITATED: (
        _("Patience first: let them speak, do not argue."),
        _("Name what troubles them before you explain."),
        _("Then one concrete next step, with its date."),
    ),
}


def channel_tips(channel: str) -> list[str]:
    group = GROUP_OF.get(channel, BY_PHONE)
    return [str(tip) for tip in (*OF_CHANNEL.get(channel, ()), *BY_CHANNEL[group])]


def temperament_tips(temperament: str) -> list[str]:
    return [str(tip) for tip in BY_TEMPERAMENT.get(temperament, ())]
