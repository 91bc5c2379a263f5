"""An invitation as calendars send it, in our terms."""

import re
from dataclasses import dataclass
from datetime import datetime

FACE_TO_FACE, VIDEO = "face_to_face", "video"
_MEETS_ON_SCREEN = re.compile(
    r"zoom\.us|teams\.microsoft|teams\.live|meet\.google|webex|meeting\.tencent|voovmeeting|meeting\.dingtalk|vc\.feishu"
    r"|腾讯会议|视频会议|线上会议|video call|online meeting",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """`starts` is an instant; `addresses` are those of organiser and guests, in lower case, the organiser first.

    `occasions`: of a meeting that recurs, the times around now.
    """

    uid: str
    title: str
    place: str
    text: str
    starts: datetime
    minutes: int | None
    organiser: str
    addresses: tuple[str, ...]
    cancelled: bool = False
    occasions: tuple[datetime, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Nothing about it is to be asked."""
        return not self.cancelled and not self.occasions

    @property
    def channel(self) -> str:
        return VIDEO if _MEETS_ON_SCREEN.search(f"{self.place}\n{self.text}") else FACE_TO_FACE

    @property
    def note(self) -> str:
        return "\n\n".join(part for part in (self.title, self.place, self.text) if part)

    def initiator(self, of_the_firm: set[str]) -> str:
        """Who invited: "firm" or "client"."""
        return "firm" if not self.organiser or self.organiser in of_the_firm else "client"
