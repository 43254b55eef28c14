"""Meeting (督导会议): the month's facts as a sequence for the room, one screen a step, ← and → by keyboard.
What is answered and decided is noted against the court and is there at the next meeting."""

from dashboards.app_pages.frame import bar, meeting_blocks, meeting_notes, meeting_pack, parts, state
from dashboards.queries import bulletin as published
from dashboards.queries import meeting as queries

view = bar.open_page()
standings = view.ask(queries.standings, view.peer, view.province, view.month, view.window)
flags = view.ask(published.flags, view.province, view.month)
items = view.ask(published.open_items, view.province, view.month)
room = meeting_blocks.room(view, standings, flags, items, meeting_notes.earlier(view))
step = state.current("step", room.agenda.steps, room.agenda.steps[0])

with meeting_blocks.walk(view, room.agenda, step):
    meeting_notes.form(view, room.agenda, step)
    meeting_pack.button(view)

parts.headline(view, meeting_blocks.sentence(view, room, step))
meeting_blocks.screen(view, room, step)
