CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE "sources" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "engine" TEXT NOT NULL,
   "url" TEXT NOT NULL,
   "languages" TEXT NOT NULL,
   "access" TEXT NOT NULL,
   "basis" TEXT NOT NULL,
   "tlp" TEXT NOT NULL,
   "credibility" TEXT NOT NULL,
   "every" TEXT NOT NULL,
   "paused_reason" TEXT
);
CREATE TABLE "runs" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "started_at" TEXT NOT NULL,
   "finished_at" TEXT,
   "status" TEXT NOT NULL,
   "reason" TEXT,
   "full" INTEGER NOT NULL,
   "pages" INTEGER NOT NULL,
   "posts_seen" INTEGER NOT NULL,
   "posts_new" INTEGER NOT NULL,
   "posts_changed" INTEGER NOT NULL,
   "threads_skipped" INTEGER NOT NULL,
   "bytes" INTEGER NOT NULL,
   "issues" INTEGER NOT NULL,
   "dropped" INTEGER NOT NULL,
   "masked" INTEGER NOT NULL
);
CREATE TABLE "run_figures" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "run_id" TEXT NOT NULL REFERENCES "runs"("id"),
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "name" TEXT NOT NULL,
   "total" INTEGER NOT NULL,
   "filled" INTEGER NOT NULL
);
CREATE TABLE "drops" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "url" TEXT NOT NULL,
   "thread" TEXT,
   "sha256" TEXT NOT NULL,
   "times" INTEGER NOT NULL,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL
);
CREATE TABLE "pages" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "run_id" TEXT NOT NULL REFERENCES "runs"("id"),
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "url" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "state" TEXT,
   "fetched_at" TEXT NOT NULL,
   "status" INTEGER NOT NULL,
   "sha256" TEXT NOT NULL,
   "warc_file" TEXT NOT NULL,
   "warc_offset" INTEGER NOT NULL
);
CREATE TABLE "frontier" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "url" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "priority" INTEGER NOT NULL,
   "state" TEXT NOT NULL,
   "tries" INTEGER NOT NULL,
   "not_before" TEXT,
   "run_id" TEXT NOT NULL,
   "mark" TEXT,
   "context" TEXT NOT NULL
);
CREATE TABLE "threads" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "native_id" TEXT NOT NULL,
   "board" TEXT,
   "title" TEXT NOT NULL,
   "author" TEXT,
   "url" TEXT NOT NULL,
   "posted_at" TEXT,
   "last_post_at" TEXT,
   "replies" INTEGER,
   "sticky" INTEGER NOT NULL,
   "state" TEXT NOT NULL,
   "list_url" TEXT,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL
);
CREATE TABLE "thread_reads" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "native_id" TEXT NOT NULL,
   "replies" INTEGER,
   "last_post_at" TEXT,
   "last_post_raw" TEXT,
   "last_url" TEXT NOT NULL,
   "read_at" TEXT NOT NULL
);
CREATE TABLE "accounts" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "name" TEXT NOT NULL,
   "native_id" TEXT,
   "rank" TEXT,
   "joined_at" TEXT,
   "post_count" INTEGER,
   "reputation" TEXT,
   "signature" TEXT,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL
);
CREATE TABLE "posts" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "thread_id" TEXT NOT NULL REFERENCES "threads"("id"),
   "native_id" TEXT NOT NULL,
   "position" INTEGER,
   "account_id" TEXT REFERENCES "accounts"("id"),
   "posted_at" TEXT,
   "posted_raw" TEXT,
   "edited_at" TEXT,
   "url" TEXT,
   "version_id" TEXT NOT NULL,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL,
   "gone_at" TEXT
);
CREATE TABLE "post_versions" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "post_id" TEXT NOT NULL REFERENCES "posts"("id"),
   "title" TEXT,
   "text" TEXT NOT NULL,
   "quoted" TEXT,
   "fields" TEXT,
   "sha256" TEXT NOT NULL,
   "page_id" TEXT NOT NULL REFERENCES "pages"("id"),
   "seen_at" TEXT NOT NULL
);
CREATE TABLE "analyses" (
   "post_version_id" TEXT PRIMARY KEY NOT NULL REFERENCES "post_versions"("id"),
   "nlp_version" TEXT NOT NULL,
   "intent" TEXT NOT NULL,
   "state" TEXT,
   "languages" TEXT NOT NULL,
   "provider_name" TEXT
);
CREATE TABLE "listings" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "post_version_id" TEXT NOT NULL REFERENCES "post_versions"("id"),
   "position" INTEGER NOT NULL,
   "intent" TEXT NOT NULL,
   "asset_type" TEXT NOT NULL,
   "snippet" TEXT NOT NULL,
   "part" TEXT NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "rule" TEXT NOT NULL,
   "confidence" REAL NOT NULL,
   "nlp_version" TEXT NOT NULL,
   "state" TEXT NOT NULL,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL
);
CREATE TABLE "prices" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "listing_id" TEXT NOT NULL REFERENCES "listings"("id"),
   "position" INTEGER NOT NULL,
   "amount_min" REAL,
   "amount_max" REAL,
   "currency" TEXT,
   "currency_source" TEXT NOT NULL,
   "per" TEXT,
   "quantity" INTEGER,
   "kind" TEXT NOT NULL,
   "usd_min" REAL,
   "usd_max" REAL,
   "usd_month" REAL,
   "rate_day" TEXT,
   "rate_source" TEXT,
   "raw" TEXT NOT NULL,
   "part" TEXT NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "rule" TEXT NOT NULL,
   "confidence" REAL NOT NULL
);
CREATE TABLE "attributes" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "listing_id" TEXT NOT NULL REFERENCES "listings"("id"),
   "key" TEXT NOT NULL,
   "value" TEXT NOT NULL,
   "part" TEXT NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL
);
CREATE TABLE "contacts" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "kind" TEXT NOT NULL,
   "value" TEXT NOT NULL,
   "valid" INTEGER
);
CREATE TABLE "contact_mentions" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "contact_id" TEXT NOT NULL REFERENCES "contacts"("id"),
   "post_version_id" TEXT NOT NULL REFERENCES "post_versions"("id"),
   "account_id" TEXT REFERENCES "accounts"("id"),
   "raw" TEXT NOT NULL,
   "part" TEXT NOT NULL,
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "rule" TEXT NOT NULL,
   "confidence" REAL NOT NULL
);
CREATE TABLE "providers" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "name" TEXT NOT NULL,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL
);
CREATE TABLE "provider_members" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "provider_id" TEXT NOT NULL REFERENCES "providers"("id"),
   "kind" TEXT NOT NULL,
   "member_id" TEXT NOT NULL
);
CREATE TABLE "provider_links" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "provider_id" TEXT NOT NULL REFERENCES "providers"("id"),
   "account_a" TEXT NOT NULL,
   "account_b" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "value" TEXT NOT NULL,
   "score" REAL NOT NULL,
   "reason" TEXT NOT NULL,
   "decided_by" TEXT NOT NULL,
   "decided_at" TEXT NOT NULL
);
CREATE TABLE "issues" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "url" TEXT,
   "kind" TEXT NOT NULL,
   "detail" TEXT NOT NULL,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL,
   "run_id" TEXT
);
CREATE VIRTUAL TABLE "post_versions_fts" USING FTS5 (
    "title", "text",
    tokenize='unicode61',
    content="post_versions"
);
CREATE VIRTUAL TABLE "listings_fts" USING FTS5 (
    "asset_type", "snippet",
    tokenize='unicode61',
    content="listings"
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_runs_source_id_started_at"
    ON "runs" ("source_id", "started_at");
CREATE INDEX "idx_run_figures_run_id"
    ON "run_figures" ("run_id");
CREATE INDEX "idx_run_figures_source_id_name"
    ON "run_figures" ("source_id", "name");
CREATE INDEX "idx_drops_source_id_thread"
    ON "drops" ("source_id", "thread");
CREATE INDEX "idx_pages_run_id"
    ON "pages" ("run_id");
CREATE INDEX "idx_pages_url"
    ON "pages" ("url");
CREATE INDEX "idx_pages_sha256"
    ON "pages" ("sha256");
CREATE INDEX "idx_frontier_source_id_state_priority"
    ON "frontier" ("source_id", "state", "priority");
CREATE INDEX "idx_threads_source_id_native_id"
    ON "threads" ("source_id", "native_id");
CREATE INDEX "idx_thread_reads_source_id_native_id"
    ON "thread_reads" ("source_id", "native_id");
CREATE INDEX "idx_accounts_source_id_name"
    ON "accounts" ("source_id", "name");
CREATE INDEX "idx_posts_thread_id"
    ON "posts" ("thread_id");
CREATE INDEX "idx_posts_account_id"
    ON "posts" ("account_id");
CREATE INDEX "idx_posts_source_id_last_seen"
    ON "posts" ("source_id", "last_seen");
CREATE INDEX "idx_posts_version_id"
    ON "posts" ("version_id");
CREATE INDEX "idx_post_versions_post_id"
    ON "post_versions" ("post_id");
CREATE INDEX "idx_analyses_nlp_version"
    ON "analyses" ("nlp_version");
CREATE INDEX "idx_listings_post_version_id"
    ON "listings" ("post_version_id");
CREATE INDEX "idx_listings_asset_type"
    ON "listings" ("asset_type");
CREATE INDEX "idx_listings_state"
    ON "listings" ("state");
CREATE INDEX "idx_prices_listing_id"
    ON "prices" ("listing_id");
CREATE INDEX "idx_prices_usd_month"
    ON "prices" ("usd_month");
CREATE INDEX "idx_attributes_listing_id"
    ON "attributes" ("listing_id");
CREATE INDEX "idx_attributes_key_value"
    ON "attributes" ("key", "value");
CREATE INDEX "idx_contacts_kind_value"
    ON "contacts" ("kind", "value");
CREATE INDEX "idx_contact_mentions_contact_id"
    ON "contact_mentions" ("contact_id");
CREATE INDEX "idx_contact_mentions_post_version_id"
    ON "contact_mentions" ("post_version_id");
CREATE INDEX "idx_contact_mentions_account_id"
    ON "contact_mentions" ("account_id");
CREATE INDEX "idx_provider_members_provider_id"
    ON "provider_members" ("provider_id");
CREATE INDEX "idx_provider_members_member_id"
    ON "provider_members" ("member_id");
CREATE INDEX "idx_provider_links_provider_id"
    ON "provider_links" ("provider_id");
CREATE INDEX "idx_issues_source_id_kind"
    ON "issues" ("source_id", "kind");
insert into _sqlite_migrations (id, migration_set, name, applied_at) values (1, 'rackrent', 'm001_first_tables', '2026-11-24 15:51:16.544669+00:00');
insert into _sqlite_migrations (id, migration_set, name, applied_at) values (2, 'rackrent', 'm002_search', '2026-11-24 15:51:16.545528+00:00');
insert into _sqlite_migrations (id, migration_set, name, applied_at) values (3, 'rackrent', 'm003_increments_and_health', '2026-11-24 15:51:16.545750+00:00');
