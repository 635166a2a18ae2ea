"""What the ledger never allows, whoever writes: changed rows, entries that do not sum to zero, overdrawn cases.

Checked at commit, so that the legs of an entry may be written one after another.
"""

from django.db import migrations

from zhixing.platform import rls

# The functions run as the owner: row-level security must not hide a leg from the sum.
BALANCED = """
CREATE FUNCTION funds_entry_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE total numeric; legs integer;
BEGIN
    SELECT coalesce(sum(p.amount), 0), count(*) INTO total, legs FROM funds_posting p WHERE p.entry_id = new.id;
    IF legs < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'funds_entry % is not balanced: % legs, sum %', new.id, legs, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_sums_to_zero';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER funds_entry_balanced AFTER INSERT ON funds_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_entry_balanced();

CREATE FUNCTION funds_posting_fits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE total numeric; acc funds_account; ent funds_entry; held numeric;
BEGIN
    SELECT * INTO ent FROM funds_entry WHERE id = new.entry_id;
    SELECT * INTO acc FROM funds_account WHERE id = new.account_id;
    SELECT sum(p.amount) INTO total FROM funds_posting p WHERE p.entry_id = new.entry_id;
    IF total <> 0 THEN
        RAISE EXCEPTION 'funds_entry % is not balanced: sum %', new.entry_id, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_sums_to_zero';
    END IF;
    IF acc.court_key <> new.court_key OR ent.court_key <> new.court_key
        OR ent.case_id IS DISTINCT FROM new.case_id OR (acc.kind = 'case' AND acc.case_id <> new.case_id) THEN
        RAISE EXCEPTION 'funds_posting % mixes courts or cases', new.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_fits_entry_and_account';
    END IF;
    IF acc.kind = 'case' AND new.amount > 0 THEN
        -- One payer after another: two payments that each fit alone must not pass together.
        PERFORM pg_advisory_xact_lock(hashtextextended('funds.account', acc.id));
        SELECT sum(p.amount) INTO held FROM funds_posting p WHERE p.account_id = acc.id;
        IF held > 0 THEN
            RAISE EXCEPTION 'funds_account % is overdrawn by %', acc.id, held
                USING ERRCODE = 'check_violation', CONSTRAINT = 'case_not_overdrawn';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER funds_posting_fits AFTER INSERT ON funds_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_posting_fits();
"""
UNDO = """
DROP TRIGGER funds_posting_fits ON funds_posting; DROP FUNCTION funds_posting_fits();
DROP TRIGGER funds_entry_balanced ON funds_entry; DROP FUNCTION funds_entry_balanced();
"""


class Migration(migrations.Migration):
    """Triggers, insert-only, row-level security."""

    dependencies = [("funds", "0001_initial"), ("zx_platform", "0001_rights")]

    operations = [
        migrations.RunSQL(BALANCED, UNDO),
        *(
            rls.insert_only(table)
            for table in (
                "funds_account",
                "funds_statement_line",
                "funds_payout",
                "funds_entry",
                "funds_posting",
            )
        ),
        rls.protect("funds_account"),
        rls.protect("funds_payout"),
        rls.protect("funds_entry"),
        rls.protect("funds_posting"),
        rls.protect_court("funds_statement_line"),
    ]
