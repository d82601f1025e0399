-- Ads that stand in more than one post, whoever posted them.
-- ad_id: The ad.
-- title: Title of its newest post.
-- posts: Posts that state it.
-- accounts: Names under which it was posted.
-- providers: Providers who posted it: more than one is a hint, or a copied ad.
-- sources: Sources on which it stands.
-- provider: Who posted the newest one.
-- first_at: When it was posted first, UTC.
-- last_at: When it was posted last, UTC.
-- newest_post: Its newest post.
-- provider_id: That provider.
select r.id as ad_id, r.title, r.posts, r.accounts, r.providers, r.sources, pr.name as provider,
    r.first_at, r.last_at, r.newest_post_id as newest_post, r.provider_id
from reposted_ads r left join providers_now pr on pr.id = r.provider_id
