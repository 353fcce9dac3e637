-- Types are looked for where PostgreSQL keeps its own, and last of all among those that whoever asks made for a
-- session: before this, a type of a role's own was taken for one of them, and what it checks was done as the owner.
ALTER FUNCTION markterm.append(text, text, bigint, text, integer, text, text, bytea)
    SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION markterm.bring(text, text, bigint[], text[], integer[], text[], text[], bytea[])
    SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION markterm.remove(text, text, bytea) SET search_path = pg_catalog, pg_temp;

-- The centre's own record, whose key is empty, is never removed: nor where the setting was left empty.
CREATE OR REPLACE FUNCTION markterm.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.record <> '' AND current_setting('markterm.removing', true) = OLD.record THEN
        RETURN OLD;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'markterm: a record only grows';
END $$;
