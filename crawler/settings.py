"""Scrapy's settings: gentle, closed, and without a state of its own."""

# early: Scrapy looks at the whole stack then, which takes half a second from deep inside
import scrapy.core.downloader.contextfactory  # noqa: F401

from crawler.boundaries.logs import guard_process
from crawler.headers import PLAIN

# every process that crawls reads these settings first
guard_process()

BOT_NAME = "rackrent"
SPIDER_MODULES = ["spiders.forum", "spiders.channel", "spiders.market", "spiders.feed"]
NEWSPIDER_MODULE = "spiders"

TWISTED_DNS_RESOLVER = "crawler.lookups.PinnedResolver"
SCHEDULER = "crawler.frontier.Frontier"
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetching.Fetcher",
    "https": "crawler.fetching.Fetcher",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.policy.Policy": 50,
    "crawler.archiving.ArchiveResponses": 950,
    # tries are counted in the frontier, where they survive a crash
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.redirecting.Redirects": 600,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.Robots": 100,
    # content encodings are undone once, before a response is archived
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    # credentials come from a session only, never from a setting or a URL
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    # the proxy is the source's, never the environment's
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "crawler.cookies.SessionCookies": 700,
}
SPIDER_MIDDLEWARES = {
    # every page is read whatever its status, and no request tells where it comes from
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    # the policy refuses long URLs aloud
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    # a walk knows its bounds, and makes each request anew
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    "crawler.watchdog.Watchdog": 0,
    # nobody steers a crawl from outside, and its items go into the database only
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
}
STALLED_S = 900.0
"""How long no page may come and none fail before a crawl ends itself, seconds."""
ITEM_PIPELINES = {"crawler.pipelines.KeepPage": 100}

# one item a page: more only starts idle tasks
CONCURRENT_ITEMS = 4
CONCURRENT_REQUESTS = 4
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# a slow site is asked less often; never more often than its delay_s
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
AUTOTHROTTLE_MAX_DELAY = 120.0
# seconds: to connect (TLS included), without a byte, and for a page with all of its redirects
FETCH_CONNECT_S = 15.0
FETCH_STALL_S = 20.0
FETCH_TOTAL_S = 60.0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
HTTPCACHE_ENABLED = False
ROBOTSTXT_OBEY = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_DEBUG = False
DEFAULT_REQUEST_HEADERS = PLAIN
LOG_FORMATTER = "crawler.talk.Talk"
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 60.0
STATS_DUMP = False
"""The figures that matter stand in `runs`."""
