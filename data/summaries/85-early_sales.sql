-- What access the providers behind signs of mining offered afterwards.
select id, sign_id, provider_id, sold, listing_id, at, days, sales
from (
    -- beside min(), SQLite takes the other columns from the row that holds the minimum; a blank
    -- and the listing's id settle which one that is where two offers are equally old
    select s.id || ' ' || o.asset_type as id, s.id as sign_id, s.provider_id,
        o.asset_type as sold, o.id as listing_id, o.at, min(o.at || ' ' || o.id) as first,
        round(julianday(o.at) - julianday(s.at), 1) as days, count(*) as sales
    from mining_signs s
    join listings_now o on o.provider_id = s.provider_id and o.at > s.at
        and +o.asset_type in (
            'access.bot_rental', 'access.cloud_account', 'access.corporate',
            'access.hidden_desktop', 'access.hosting_panel', 'access.rdp', 'access.ssh_root',
            'access.webshell')
    where o.post_id <> s.post_id and not exists (select 1 from mining_signs x where x.id = o.id)
    group by s.id, o.asset_type
)
