"""Access log (访问记录): who signed in, looked at records, exported, asked and made bulletins; for the auditor.
Whether the log is whole is said first; what is written to it, and when, belongs to the frame."""

from dashboards.app_pages.frame import audit_blocks, bar, parts

view = bar.open_page()
month, reader, deed = audit_blocks.choices(view)

parts.headline(view, audit_blocks.sentence(view, month))
if month:
    parts.section(view.t("audit.log"), view.t("audit.log_measure"))
    audit_blocks.log(view, month, reader, deed)
    parts.reading(view.t("audit.reading"))
