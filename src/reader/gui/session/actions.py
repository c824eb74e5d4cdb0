"""Actions of a reading session."""

from reader.gui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "session.begin",
        "I Have 20 Minutes…",
        lambda window: window.controllers.session.begin(),
        menu="Queue",
        group="session",
        keys=("Ctrl+M",),
    ),
    Action(
        "session.end",
        "End the Session",
        lambda window: window.controllers.session.stop(),
        menu="Queue",
        group="session",
        keys=("Ctrl+Shift+M",),
        tip="End the session; unread articles stay in the queue",
    ),
    Action(
        "session.surprise",
        "Surprise Me",
        lambda window: window.controllers.session.surprise(),
        menu="Queue",
        group="session",
        keys=("R",),
    ),
)
