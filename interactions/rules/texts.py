"""The built-in messages: one per occasion, channel and language, in the house's own words.

A firm writes its own where it wants others; these stand in wherever it has not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What only whoever sends it can say stands as a gap: [say what has changed], 【请写明内容】.
_GAP = re.compile(r"\[say [^\]]*\]|【请[^】]*】", re.IGNORECASE)

ZH, EN = "zh-hans", "en"
EMAIL, CHAT = "email", "instant_message"


@dataclass(frozen=True, slots=True)
class Text:
    occasion: str
    channel: str
    language: str
    subject: str
    body: str

    @property
    def code(self) -> str:
        return f"{self.occasion}.{self.channel}.{self.language}"


def gap_in(message: str) -> str:
    """The first gap that nobody has filled; "" where there is none."""
    found = _GAP.search(message)
    return found.group() if found else ""


def filled(message: str, words: str) -> str:
    """The message with these words in each gap."""
    return _GAP.sub(lambda gap: words, message)


_SIGNED_EN = "\n\nWith kind regards\n{sender}\n{firm}"
_SIGNED_ZH = "\n\n{sender}\n{firm}"

# occasion -> (subject, body of the mail, body of the chat message)
_EN = {
    "festival": (
        "Good wishes for {festival}",
        "{salutation},\n\n{festival} is here, and we would like to thank you for the trust you place in us. We wish "
        "you and those close to you good health and quiet, cheerful days.",
        "{salutation}, all good wishes for {festival} to you and those close to you! {sender}, {firm}",
    ),
    "birthday": (
        "Happy birthday",
        "{salutation},\n\nhappy birthday! We wish you health, success in what you have set out to do, and time for "
        "the people who matter to you.",
        "{salutation}, happy birthday! Health and good fortune for the year ahead. {sender}, {firm}",
    ),
    "visit": (
        "May we call on you?",
        "{salutation},\n\nit is time we sat down together again. I would like to hear how things are going at your "
        "end, what we do well for you and what we should do better. Half an hour is enough, at your office or ours. "
        "Which day around {date} would suit you?",
        "{salutation}, I would like to call on you around {date} and hear how things are going and what we could do "
        "better. Which day would suit you? {sender}, {firm}",
    ),
    "training": (
        "A legal training for your team",
        "{salutation},\n\nwe would be glad to hold a training for your team, on the questions that come up in your "
        "daily work. Tell us which subjects concern you at present, and we will propose a programme for {date} or a "
        "day that suits you better.",
        "{salutation}, we would be glad to hold a legal training for your team around {date}. Which subjects concern "
        "you at present? {sender}, {firm}",
    ),
    "legal_check_up": (
        "Your legal check-up",
        "{salutation},\n\nonce a year it is worth looking through contracts, employment papers, licences and pending "
        "deadlines before one of them becomes a problem. We propose to start around {date}. You will get a short "
        "report: what is in order, what should be seen to, and what can wait.",
        "{salutation}, your yearly legal check-up is due: contracts, employment papers, licences, deadlines. May we "
        "start around {date}? {sender}, {firm}",
    ),
    "information": (
        "News of law that may concern you",
        "{salutation},\n\nthere is news of law that we believe matters to you. [Say here in two sentences what has "
        "changed, from when, and what it means for the client.]\n\nIf you would like to talk it over, call me or "
        "answer this message.",
        "{salutation}, a change in the law that may concern you: [say what has changed]. Do call me if you would "
        "like to talk it over. {sender}, {firm}",
    ),
    "invitation": (
        "Invitation: {event}",
        "{salutation},\n\nwe would be delighted to welcome you to {event}, on {event_date}, {event_place}.\n\n"
        "Please let us know here whether you can come:\n{answer_link}",
        "{salutation}, we would be delighted to welcome you to {event}, on {event_date}, {event_place}. Please "
        "answer here: {answer_link} {sender}, {firm}",
    ),
    "thanks": (
        "Thank you",
        "{salutation},\n\nthank you for your trust and for the time you gave us. If there is anything we should do "
        "differently, we would like to hear it from you first.",
        "{salutation}, thank you for your trust and for your time. {sender}, {firm}",
    ),
}  # fmt: skip
_ZH = {
    "festival": (
        "{festival}问候",
        "{salutation}：\n\n{festival}将至，感谢您一直以来的信任。祝您和家人身体健康、平安喜乐。",
        "{salutation}，{festival}快乐！祝您和家人平安喜乐。{firm} {sender}",
    ),
    "birthday": (
        "生日快乐",
        "{salutation}：\n\n祝您生日快乐！愿您身体健康，诸事顺遂，多有闲暇陪伴家人。",
        "{salutation}，生日快乐！祝您新的一岁健康顺遂。{firm} {sender}",
    ),
    "visit": (
        "拜访预约",
        "{salutation}：\n\n想与您约个时间当面聊聊：近来情况如何，我们哪些地方做得好、哪些地方还需要改进。"
        "半小时即可，到您处或来我所都方便。{date}前后您哪天合适？",
        "{salutation}，想在{date}前后登门拜访，听听您近来的情况和对我们的意见，您哪天方便？{firm} {sender}",
    ),
    "training": (
        "法律培训安排",
        "{salutation}：\n\n我们希望为贵方团队安排一次法律培训，内容贴近日常工作中遇到的问题。"
        "请告诉我们目前最关心哪些主题，我们据此拟定方案，时间可定在{date}或您方便的日子。",
        "{salutation}，我们想在{date}前后为贵方团队安排一次法律培训，目前最关心哪些主题？{firm} {sender}",
    ),
    "legal_check_up": (
        "年度法律体检",
        "{salutation}：\n\n合同、用工、证照和各类期限，每年梳理一次，可以把问题挡在发生之前。"
        "我们建议{date}前后开始，完成后给您一份简明报告：哪些没有问题，哪些需要处理，哪些可以缓一缓。",
        "{salutation}，年度法律体检的时间到了（合同、用工、证照、期限），{date}前后开始可以吗？{firm} {sender}",
    ),
    "information": (
        "与您有关的法律资讯",
        "{salutation}：\n\n有一项法律变化与您有关。【请在此用两句话写明：变了什么、何时起、对客户意味着什么。】\n\n"
        "如需详谈，请直接来电或回复。",
        "{salutation}，有一项法律变化与您有关：【请写明内容】。需要详谈请随时联系我。{firm} {sender}",
    ),
    "invitation": (
        "邀请函：{event}",
        "{salutation}：\n\n诚邀您出席{event}，时间：{event_date}，地点：{event_place}。\n\n"
        "请点此告知能否出席：\n{answer_link}",
        "{salutation}，诚邀您出席{event}（{event_date}，{event_place}）。请点此回复：{answer_link} {firm} {sender}",
    ),
    "thanks": (
        "感谢您",
        "{salutation}：\n\n感谢您的信任，也感谢您抽出时间。如果有什么地方我们应当改进，希望第一个听到的是我们。",
        "{salutation}，感谢您的信任和宝贵时间！{firm} {sender}",
    ),
}  # fmt: skip


def _texts():
    for language, words, signed in ((EN, _EN, _SIGNED_EN), (ZH, _ZH, _SIGNED_ZH)):
        for occasion, (subject, mail, chat) in words.items():
            yield Text(occasion, EMAIL, language, subject, mail + signed)
            yield Text(occasion, CHAT, language, "", chat)


BUILT_IN: dict[str, Text] = {text.code: text for text in _texts()}


def language_like(language: str) -> str:
    """The language of the built-in texts that comes nearest: all Chinese reads the Chinese ones."""
    return ZH if language.startswith("zh") else EN


def built_in(occasion: str, channel: str, language: str) -> Text:
    """The built-in text. A channel by which nothing is written has the words of a chat message."""
    channel = EMAIL if channel == EMAIL else CHAT
    return BUILT_IN[f"{occasion}.{channel}.{language_like(language)}"]
