"""Access log (访问记录): who signed in, looked at records, exported, asked and made bulletins; for the auditor.
Whether the log is whole is said first; what is written to it, and when, belongs to the frame."""

from dashboards.app_pages.audit import log
from dashboards.shell import elements, header

view = header.open_page()
month, reader, deed = log.choices(view)

elements.headline(view, log.sentence(view, month))
if month:
    elements.section(view.t("audit.log"), view.t("audit.log_measure"))
    log.log(view, month, reader, deed)
    elements.reading(view.t("audit.reading"))
