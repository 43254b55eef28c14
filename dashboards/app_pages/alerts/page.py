"""Alerts: what was told the reader at each publication, newest first, and what they follow.
What is news is decided in the outbox; opening the page is the visit that the bell counts from."""

from dashboards.app_pages.alerts import following, told
from dashboards.shell import elements, header

view = header.open_page()
mine, seen = told.read(view)
elements.headline(view, told.sentence(view, mine, seen))
told.show(view, mine, seen)
told.visited(view, mine, seen)

elements.section(view.t("alerts.following"), view.t("alerts.following_measure"))
following.show(view)
