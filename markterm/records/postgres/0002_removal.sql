-- The one way in which a record goes: by the rules of retention, once the centre's own record says that it begins.

CREATE FUNCTION markterm.remove(of_centre text, of_record text, called bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    line record;
    said json;
    is_said boolean := false;
    gone bigint;
BEGIN
    PERFORM 1 FROM markterm.access WHERE role = session_user AND centre = of_centre;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'markterm: not of this centre';
    END IF;
    -- Where the name stands in the key as it is, it has to be the one that is called.
    IF of_record = '' OR (of_record !~ '\\' AND length(of_record) <= 200
        AND pg_catalog.convert_to(of_record, 'UTF8') <> called) THEN
        RAISE insufficient_privilege USING MESSAGE = 'markterm: no such record can be removed';
    END IF;
    FOR line IN SELECT raw FROM markterm.line
        WHERE record = '' AND centre = of_centre AND position('"kind":"destroyed"'::bytea IN raw) > 0
    LOOP
        BEGIN
            said := pg_catalog.convert_from(pg_catalog.substr(line.raw, 66), 'UTF8')::json;
            is_said := is_said OR (said ->> 'kind' = 'destroyed' AND said #>> '{body,step}' = 'begun' AND EXISTS (
                SELECT 1 FROM pg_catalog.json_array_elements(said #> '{body,records}') AS each
                WHERE each ->> 'name' = pg_catalog.encode(pg_catalog.sha256(
                    pg_catalog.convert_to(said #>> '{body,salt}', 'UTF8') || '\x00'::bytea || called), 'hex')));
        EXCEPTION WHEN data_exception THEN NULL;  -- A line that is no JSON says nothing.
        END;
    END LOOP;
    IF NOT is_said THEN
        RAISE insufficient_privilege
            USING MESSAGE = 'markterm: the centre''s record does not say that this record is destroyed';
    END IF;
    -- Whoever adds to it just now comes before, or finds it gone.
    PERFORM 1 FROM markterm.head WHERE centre = of_centre AND record = of_record FOR UPDATE;
    PERFORM pg_catalog.set_config('markterm.removing', of_record, true);
    DELETE FROM markterm.line WHERE record = of_record AND centre = of_centre;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM markterm.head WHERE centre = of_centre AND record = of_record;
    PERFORM pg_catalog.set_config('markterm.removing', '', true);
    RETURN gone;
END $$;

REVOKE ALL ON FUNCTION markterm.remove(text, text, bytea) FROM PUBLIC;
