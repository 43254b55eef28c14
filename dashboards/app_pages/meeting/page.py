"""Meeting (督导会议): the month's facts as a sequence for the room, one screen a step, ← and → by keyboard.
What is answered and decided is noted against the court and is there at the next meeting."""

from functools import partial

from dashboards.app_pages.meeting import noted, queries, screens, slides
from dashboards.components import pack_button, under_objection
from dashboards.queries import month_facts
from dashboards.shell import elements, header, url_state

view = header.open_page()
standings = view.data.ask(queries.standings, *view.choice.compared)
flags = view.data.ask(month_facts.flags, view.choice.province, view.choice.month)
items = view.data.ask(month_facts.open_items, view.choice.province, view.choice.month)
room = screens.room(view, standings, flags, items, noted.earlier(view))
step = url_state.current("step", room.agenda.steps, room.agenda.steps[0])

with screens.walk(view, room.agenda, step):
    noted.form(view, room.agenda, step)
    pack_button.button(view)
    made = partial(slides.pptx, view, room)
    elements.download_file(view, view.t("meeting.slides"), made, "slides", f"meeting_{view.choice.month}.pptx")

elements.headline(view, screens.sentence(view, room, step))
under_objection.show(view, indicator=step if step in room.agenda.core else "")
screens.screen(view, room, step)
