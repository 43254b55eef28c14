"""Settings (设置): what is in force, since when and from which file and row; a changed sheet is sent from here.
What has to hold and what a sheet moves is answered by the pipeline, which takes over what is handed over."""

from dashboards.app_pages.settings import in_force, sending, sent
from dashboards.shell import elements, header

view = header.open_page()
known = in_force.read(view)
elements.headline(view, in_force.sentence(view, known))
if known.tables:
    name = in_force.choose(view, known)
    in_force.overview(view, known)
    in_force.rows(view, known, name)
    sending.form(view, known, name)
sent.show(view, known)
