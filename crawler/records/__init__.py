"""Rows of the database: one record a table, one field a column.

The text under a class is the table's description and the text under a field the column's, in
Datasette and in the docs. All times are UTC, ISO 8601. Ids are stable hashes.
"""

from crawler.records.ads import AdBandRow, AdPostRow, AdTextRow
from crawler.records.collection import (
    DropRow,
    FrontierRow,
    IssueRow,
    PageRow,
    RunFigureRow,
    RunRow,
    SourceRow,
    ThreadReadRow,
)
from crawler.records.evidence import (
    AccountRow,
    PostRow,
    PostVersionRow,
    ThreadRow,
)
from crawler.records.findings import (
    AnalysisRow,
    AttributeRow,
    ContactMentionRow,
    ContactRow,
    ListingRow,
    PriceRow,
)
from crawler.records.providers import (
    AuditRow,
    LinkDecisionRow,
    MarkRow,
    ProposalRow,
    ProviderLinkRow,
    ProviderMemberRow,
    ProviderRow,
)
from crawler.records.summaries import (
    AssetSellerRow,
    DayCountRow,
    ListingNowRow,
    MonthPriceRow,
    ProviderNowRow,
    TotalRow,
)

TABLES: dict[str, type] = {
    "sources": SourceRow,
    "runs": RunRow,
    "run_figures": RunFigureRow,
    "drops": DropRow,
    "pages": PageRow,
    "frontier": FrontierRow,
    "threads": ThreadRow,
    "thread_reads": ThreadReadRow,
    "accounts": AccountRow,
    "posts": PostRow,
    "post_versions": PostVersionRow,
    "analyses": AnalysisRow,
    "listings": ListingRow,
    "prices": PriceRow,
    "attributes": AttributeRow,
    "contacts": ContactRow,
    "contact_mentions": ContactMentionRow,
    "providers": ProviderRow,
    "provider_members": ProviderMemberRow,
    "provider_links": ProviderLinkRow,
    "link_decisions": LinkDecisionRow,
    "proposals": ProposalRow,
    "ad_texts": AdTextRow,
    "ad_bands": AdBandRow,
    "ad_posts": AdPostRow,
    "marks": MarkRow,
    "audit": AuditRow,
    "listings_now": ListingNowRow,
    "providers_now": ProviderNowRow,
    "asset_sellers": AssetSellerRow,
    "month_prices": MonthPriceRow,
    "day_counts": DayCountRow,
    "totals": TotalRow,
    "issues": IssueRow,
}
"""Every table and its record, parents before children."""

__all__ = [
    "TABLES",
    "AccountRow",
    "AdBandRow",
    "AdPostRow",
    "AdTextRow",
    "AnalysisRow",
    "AssetSellerRow",
    "AttributeRow",
    "AuditRow",
    "ContactMentionRow",
    "ContactRow",
    "DayCountRow",
    "DropRow",
    "FrontierRow",
    "IssueRow",
    "LinkDecisionRow",
    "ListingNowRow",
    "ListingRow",
    "MarkRow",
    "MonthPriceRow",
    "PageRow",
    "PostRow",
    "PostVersionRow",
    "PriceRow",
    "ProposalRow",
    "ProviderLinkRow",
    "ProviderMemberRow",
    "ProviderNowRow",
    "ProviderRow",
    "RunFigureRow",
    "RunRow",
    "SourceRow",
    "ThreadReadRow",
    "ThreadRow",
    "TotalRow",
]
