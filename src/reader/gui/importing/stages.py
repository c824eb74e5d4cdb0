"""The foot of the window in each stage of an import."""

from reader.gui.importing import sums
from reader.gui.importing.foot import Foot, Way
from reader.gui.importing.one_import import OneImport, Stage

NOTHING = "Nothing to Import"
"""The text of the main button if nothing can be imported."""

_REST = "&Import Searches and Settings"
_SAFE = "A copy of the library is made first; one Undo takes all of it back."
_AWAY = "It goes on if this window is closed, and can be stopped until it is done."
_WAITS = "It begins as soon as another change of the library is done."
_STOPPED = "It was stopped before all of it was read."
_READ_ONLY = "The library is read-only, so nothing can be imported into it."


def show(foot: Foot, import_: OneImport, *, read_only: bool) -> None:
    """Show the buttons and the note for the stage of an import."""
    foot.progress.setVisible(import_.stage in (Stage.READING, Stage.RUNNING))
    foot.buttons[Way.CLOSE].setText("Cancel")
    match import_.stage:
        case Stage.READING:
            foot.say("Reading…")
            foot.offer("Import", Way.STOP, Way.CLOSE, why_not="It is still being read.")
        case Stage.READY:
            _show_ready(foot, import_, read_only=read_only)
        case Stage.STOPPED:
            foot.say(_STOPPED)
            foot.offer("&Read Again", Way.CLOSE)
        case Stage.UNREADABLE:
            foot.say("Nothing was changed.")
            foot.offer("&Read Again", Way.CLOSE)
        case Stage.RUNNING:
            foot.say(_WAITS)
            foot.buttons[Way.CLOSE].setText("&Close")
            foot.offer("", Way.STOP, Way.CLOSE)
        case Stage.DONE:
            pass


def show_progress(foot: Foot, import_: OneImport) -> None:
    """Show the progress of the job of an import."""
    job = import_.job
    if job is None:
        return
    foot.show_progress(job.done, job.total)
    figures = f"{job.done:,} of {job.total:,}" if job.total else ""
    if import_.stage is Stage.READING:
        foot.note.setText(f"Reading… {figures or job.text}".strip())
    elif import_.stage is Stage.RUNNING and (job.done or job.total or job.text):
        doing = job.text or "Importing"
        foot.note.setText(f"{doing}: {figures}. {_AWAY}" if figures else f"{doing}. {_AWAY}")


def _show_ready(foot: Foot, import_: OneImport, *, read_only: bool) -> None:
    found = import_.found
    if found is None:
        return
    why_not = _READ_ONLY if read_only else sums.no_import(found.plan, found.sums)
    if import_.trouble:
        foot.say(import_.trouble, mark="warning", is_bad=True)
    else:
        foot.say(import_.news or why_not or _SAFE, mark="" if why_not else "undo")
    count = found.sums.taken
    articles = "1 Article" if count == 1 else f"{count:,} Articles"
    text = f"&Import {articles}" if count else NOTHING if why_not else _REST
    foot.offer(text, Way.SAVE, Way.CLOSE, why_not=why_not)
