"""Actions of a reading session."""

from reader.gui.action import Action, Needs

ACTIONS: tuple[Action, ...] = (
    Action(
        "session.begin",
        "I Have 20 Minutes…",
        lambda window: window.controllers.session.begin(),
        menu="Queue",
        group="session",
        keys=("Ctrl+M",),
        needs=Needs.QUEUE,
    ),
    Action(
        "session.end",
        "End the Session",
        lambda window: window.controllers.session.stop(),
        menu="Queue",
        group="session",
        keys=("Ctrl+Shift+M",),
        tip="End the session; unread articles stay in the queue",
        needs=Needs.SESSION,
    ),
    Action(
        "session.surprise",
        "Surprise Me",
        lambda window: window.controllers.session.surprise(),
        menu="Queue",
        group="session",
        keys=("R",),
        needs=Needs.QUEUE,
    ),
)
