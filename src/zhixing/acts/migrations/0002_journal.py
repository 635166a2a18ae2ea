"""The journal: partitioned by chain (docs/adr), chained by a trigger, append-only.

The trigger takes a transaction-scoped lock per chain and finds the last row by index: a mutable head row would make
many entries in one transaction quadratic.
"""

from django.db import migrations

from zhixing.platform import rls

TABLE = """
CREATE TABLE acts_entry (
    chain bigint NOT NULL, seq bigint NOT NULL,
    kind varchar(8) NOT NULL CHECK (kind IN ('effect','drafted','approved','returned','lapsed','refused','read')),
    code varchar(40) NOT NULL, case_id bigint, court_key integer NOT NULL, moment timestamptz NOT NULL,
    actor_name varchar(60) NOT NULL, audience varchar(13) NOT NULL, body text NOT NULL,
    prev_hash bytea NOT NULL, hash bytea NOT NULL,
    PRIMARY KEY (chain, seq)
) PARTITION BY HASH (chain);
"""
PARTITIONS = "".join(
    f"CREATE TABLE acts_entry_p{i} PARTITION OF acts_entry FOR VALUES WITH (MODULUS 8, REMAINDER {i});"
    for i in range(8)
)
INDEXES = """
CREATE INDEX entries_of_court ON acts_entry (court_key, moment);
CREATE INDEX entries_by_code ON acts_entry (code, moment);
"""
CHAIN = """
CREATE FUNCTION zx_entry_hash(prev bytea, chain bigint, seq bigint, kind text, code text, moment timestamptz, body text)
RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(prev || convert_to(concat_ws('|', chain, seq, kind, code,
        (extract(epoch from moment) * 1000000)::bigint, body), 'UTF8'))
$$;
CREATE FUNCTION zx_entry_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE last_seq bigint; last_hash bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('acts.chain', new.chain));
    SELECT e.seq, e.hash INTO last_seq, last_hash FROM acts_entry e
        WHERE e.chain = new.chain ORDER BY e.seq DESC LIMIT 1;
    new.seq := coalesce(last_seq, 0) + 1;
    new.prev_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
    new.hash := zx_entry_hash(new.prev_hash, new.chain, new.seq, new.kind, new.code, new.moment, new.body);
    RETURN new;
END $$;
CREATE TRIGGER acts_entry_chain BEFORE INSERT ON acts_entry FOR EACH ROW EXECUTE FUNCTION zx_entry_chain();
"""


class Migration(migrations.Migration):
    dependencies = [("acts", "0001_initial"), ("zx_platform", "0001_rights")]

    operations = [
        migrations.RunSQL(TABLE + PARTITIONS + INDEXES + CHAIN, "DROP TABLE acts_entry"),
        rls.insert_only("acts_entry"),
        rls.protect("acts_entry"),
        rls.protect("acts_draft"),
        rls.protect("acts_step"),
    ]
