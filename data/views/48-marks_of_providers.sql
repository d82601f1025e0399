-- What speaks for and against each provider: reviews, complaints, escrow, deposits, ranks.
-- provider: Who sells.
-- kind: review, complaint, escrow, deposit or rank.
-- sign: 1 speaks for the provider, -1 against.
-- marks: How many, of this kind.
-- words: The newest one's words.
-- seen_at: When the newest one was seen, UTC.
-- said_by: Who wrote the newest one.
-- account: The account that it speaks of.
-- source: Where it stands.
-- credibility: Reliability of that source, A to F.
-- post: The newest one's post.
-- provider_id: The provider.
select provider, kind, sign, marks, words, seen_at, said_by, account, source, credibility, post,
    provider_id
from (
    select pr.name as provider, k.kind, k.sign, count(*) over whole as marks, k.detail as words,
        k.seen_at, w.name as said_by, a.name as account, a.source_id as source,
        s.credibility, k.post_id as post, m.provider_id,
        row_number() over (whole order by k.seen_at desc, k.id desc) as age
    from marks k
    join provider_members m on m.kind = 'account' and m.member_id = k.account_id
    join providers_now pr on pr.id = m.provider_id
    join accounts a on a.id = k.account_id
    join sources s on s.id = a.source_id
    left join posts p on p.id = k.post_id
    left join accounts w on w.id = p.account_id
    window whole as (partition by m.provider_id, k.kind, k.sign)
)
where age = 1
