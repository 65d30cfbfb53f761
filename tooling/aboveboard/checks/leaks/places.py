"""Services whose pages need a sign-in: what they are, their hosts, and the paths that are not their public "
"site."""

from __future__ import annotations

import re

from aboveboard.checks.leaks.text import compiled

_ANY = r"^"


def _place(what: str, host: str, path: str = _ANY) -> tuple[str, str, str]:
    return what, rf"(?:^|\.)(?:{host})$", path


def places_at(host: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return what services a host belongs to, with the pattern of the paths that need a sign-in."""
    return [(what, compiled(path)) for what, pattern, path in PLACES if compiled(pattern).search(host)]


PLACES: tuple[tuple[str, str, str], ...] = (
    _place("a chat", r"(?!(?:api|docs|status|www)\.)[a-z0-9-]+(?:\.enterprise)?\.slack\.com",
           r"^/(?:archives|messages|files|team|client|app_redirect|canvas|docs|lists)\b"),
    _place("a chat", r"teams\.(?:microsoft|live|cloud\.microsoft)(?:\.com)?", r"^/(?:l/|_|v2|dl/|meet)"),
    _place("a chat", r"discord(?:app)?\.com", r"^/channels/\d"),
    _place("a chat", r"chat\.google\.com|web\.whatsapp\.com|app\.element\.io|app\.gitter\.im"),
    _place("a chat", r"app\.zulip\.com|[a-z0-9-]+\.workplace\.com"),
    _place("a mailbox or calendar", r"(?:mail|calendar)\.google\.com|outlook\.(?:office|office365|live)\.com",
           r"^/(?:mail|calendar/u|calendar/r|u/|owa)"),
    _place("paging", r"(?!(?:www|support|developer|community|response|postmortems|status|v2|api|"
                     r"events)\.)[a-z0-9-]+(?:\.eu)?\.pagerduty\.com",
           r"^/[a-z#]"),
    _place("paging", r"(?:[a-z0-9-]+\.)?app(?:\.eu)?\.opsgenie\.com|(?!(?:www|docs|support|status|"
                     r"api)\.)[a-z0-9-]+\.opsgenie\.com",
           r"^/[a-z#]"),
    _place("paging", r"portal\.victorops\.com|app\.squadcast\.com|app\.ilert\.com|[a-z0-9-]+\.app\.xmatters\.com"),
    _place("incident management", r"app\.incident\.io|app\.firehydrant\.io|manage\.statuspage\.io|"
                                  r"app\.rootly\.com|app\.blameless\.io"),
    _place("incident management", r"rootly\.com", r"^/account"),
    _place("a ticket or wiki", r"(?!(?:www|status|support|developer)\.)[a-z0-9-]+\.(?:atlassian|jira)\."
                               r"(?:net|com)",
           r"^/(?:browse|wiki|jira|secure|servicedesk|projects|issues|l/)\b"),
    _place("a ticket", r"jira\.(?!(?:mongodb|mariadb|spring|hyperledger|percona|talendforge|atlassian|"
                       r"opendaylight|onosproject)\.)(?:[a-z0-9-]+\.)+[a-z]{2,}",
           r"^/(?:jira/)?(?:browse|secure|projects)/"),
    _place("a wiki", r"(?:confluence|wiki)\."
                     r"(?:[a-z0-9-]+\.)+[a-z]{2,}", r"^/(?:confluence/)?(?:display/[A-Z~]|"
                                                    r"pages/viewpage\.action\?pageId=\d|x/[A-Za-z0-9_-]{4})"),
    _place("a ticket", r"[a-z0-9-]+\.zendesk\.com|[a-z0-9-]+\.freshdesk\.com", r"^/(?:agent|a)/"),
    _place("a ticket", r"[a-z0-9-]+\.service-?now\.com", r"^/(?:nav|now/|incident|sp\?|esc|[a-z_]+\.do)"),
    _place("a ticket", r"linear\.app", r"^/[\w-]+/(?:issue|project|team|view)/"),
    _place("a ticket", r"app\.asana\.com|app\.shortcut\.com|app\.clickup\.com|[a-z0-9-]+\.monday\.com", r"^/\w"),
    _place("a ticket", r"[a-z0-9-]+\.visualstudio\.com|dev\.azure\.com", r"/_(?:workitems|boards|wiki|"
            r"dashboards|queries)\b"),
    _place("a document", r"docs\.google\.com",
           r"^/(?:a/[^/]{1,80}/)?(?:document|spreadsheets|presentation|forms|drawings)/(?:u/\d/)?d/"
           r"(?!e/)[\w-]{10,}/?(?!pub|viewform|embed|preview|export|htmlview|gviz)(?:edit|view|copy|comment|"
           r"$|[#?])"),
    _place("a document", r"drive\.google\.com", r"^/(?:drive|file|open|folderview|corp|a/)"),
    _place("a document", r"[a-z0-9-]+\.sharepoint(?:-df)?\.com|onedrive\.live\.com|1drv\.ms|"
                         r"[a-z0-9-]+\.officeapps\.live\.com", r"^/[\w:]"),
    _place("a document", r"(?:www\.|app\.)?notion\.(?:so|com)", r"-?[0-9a-f]{32}\b|^/[\w-]+/[\w-]+-[0-9a-f]{32}"),
    _place("a document", r"app\.box\.com|[a-z0-9-]+\.app\.box\.com|paper\.dropbox\.com|"
                         r"[a-z0-9-]*\.?quip\.com|coda\.io", r"^/(?:file|folder|doc|d/|[A-Za-z0-9]{10,})"),
    _place("a document", r"(?:www\.)?dropbox\.com", r"^/(?:home|work|preview)\b"),
    _place("a document", r"app\.mural\.co|lucid\.app|app\.gitbook\.com|app\.getguru\.com|app\.slab\.com", r"^/\w"),
    _place("a board", r"miro\.com", r"^/app/board/"),
    _place("a table", r"airtable\.com", r"^/(?:app|tbl)[A-Za-z0-9]{14}"),
    _place("a dashboard", r"(?!(?:play|www)\.)[a-z0-9-]+\.grafana\.net", r"^/(?!public-dashboards|"
            r"dashboard/snapshot)\w"),
    _place("a dashboard", r"grafana\.(?:[a-z0-9-]+\.)*(?:internal|corp|local|lan|intranet)"),
    _place("a dashboard", r"kibana\.(?:[a-z0-9-]+\.)+[a-z]{2,}|(?:[a-z0-9-]+\.)+(?:elastic-cloud\.com|"
                          r"found\.io|es\.io)", r"^/\w"),
    _place("a dashboard", r".*", r"^/(?:_plugin/kibana|app/kibana|_dashboards/app|app/(?:discover|dashboards)#)"),
    _place("a dashboard", r"(?:app|us[135]|ap[12])\.datadoghq\.com|app\.datadoghq\.eu|app\.ddog-gov\.com"),
    _place("a dashboard", r"(?:one|rpm|insights|alerts|synthetics)\.(?:eu\.)?newrelic\.com|onenr\.io", r"^/[\w#]"),
    _place("logs", r"[a-z0-9-]+\.splunkcloud\.com|splunk\."
                   r"(?:[a-z0-9-]+\.)+[a-z]{2,}", r"^/(?:[a-z]{2}-[A-Z]{2}|en|app|dj)\b"),
    _place("logs", r"[a-z0-9-]+\.loggly\.com|my\.papertrailapp\.com|app(?:-[a-z]+)?\.logz\.io|"
                   r"[a-z0-9.-]+\.sumologic\.com|[a-z0-9-]+\.logtail\.com",
           r"^/(?:search|groups|systems|ui|#|events|log-search|team)"),
    _place("logs", r"papertrailapp\.com", r"^/(?:groups|systems|searches|events)"),
    _place("a cloud console", r"(?:[a-z0-9-]+\.)*console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|"
                              r"amazonaws\.cn)|[a-z0-9-]+\.awsapps\.com|[a-z0-9-]+\.signin\.aws\.amazon\.com"),
    _place("a cloud console", r"console\.cloud\.google\.com", r"^/(?!marketplace|apis/library|"
            r"artifacts/docker/[\w-]*public)\w"),
    _place("a cloud console", r"console\.firebase\.google\.com|cloud\.digitalocean\.com|"
                              r"dashboard\.heroku\.com|dash\.cloudflare\.com|manage\.fastly\.com", r"^/\w"),
    _place("a cloud console", r"(?:ms\.)?portal\.azure\.(?:com|us|cn)", r"^/?[#@?]"),
    _place("errors", r"(?!(?:docs|blog|status|www|develop|help|"
                     r"forum)\.)[a-z0-9-]+\.sentry\.io", r"^/(?:issues|organizations|projects|share|"
                                                         r"performance|discover|alerts|replays|crons)\b"),
    _place("errors", r"sentry\.io", r"^/organizations/"),
    _place("errors", r"app\.bugsnag\.com|[a-z0-9-]+\.app\.honeybadger\.io", r"^/\w"),
    _place("errors", r"(?:app\.)?rollbar\.com", r"^/a/|/items?/\d"),
    _place("traces", r"ui(?:\.eu1)?\.honeycomb\.io|app\.lightstep\.com|[a-z0-9]+\.(?:live|"
                     r"apps)\.dynatrace\.com", r"^/\w"),
    _place("figures", r"app\.powerbi\.com", r"^/(?:groups|reportEmbed|links)"),
    _place("figures", r"[a-z0-9-]+\.looker\.com|app\.snowflake\.com|app\.mode\.com|"
                      r"[a-z0-9-]+\.cloud\.databricks\.com|adb-\d+\.\d+\.azuredatabricks\.net", r"^/\w"),
)  # fmt: skip
