-- How far each source can be trusted, on the Admiralty scale, with what it holds.
-- source_id: The source.
-- name: The site's own name.
-- credibility: A to F.
-- meaning: The letter in words.
-- basis: Why it may be read.
-- tlp: Traffic Light Protocol 2.0 label.
-- listings: Offers and requests as they stand now.
-- complaints: Posts on it that accuse a seller.
-- reviews: Posts on it that praise one.
select s.id as source_id, s.name, s.credibility,
    case s.credibility
        when 'A' then 'completely reliable'
        when 'B' then 'usually reliable'
        when 'C' then 'fairly reliable'
        when 'D' then 'not usually reliable'
        when 'E' then 'unreliable'
        else 'cannot be judged'
    end as meaning,
    s.basis, s.tlp, coalesce(n.listings, 0) as listings, coalesce(k.complaints, 0) as complaints,
    coalesce(k.reviews, 0) as reviews
from sources s
left join (select source_id, sum(n) as listings from month_counts group by source_id) n
    on n.source_id = s.id
left join (
    select a.source_id, sum(k.kind = 'complaint') as complaints, sum(k.kind = 'review') as reviews
    from marks k join accounts a on a.id = k.account_id group by a.source_id
) k on k.source_id = s.id
