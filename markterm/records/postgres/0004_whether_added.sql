-- Whether it was added is an answer, and no error: of many who mark one learner somebody comes second all the time, and
-- every error stands in the server's log. The functions have other names than before, so that a MarkTerm that waits for
-- an error never takes the answer for a success.

DROP FUNCTION markterm.append(text, text, bigint, text, integer, text, text, bytea);
DROP FUNCTION markterm.bring(text, text, bigint[], text[], integer[], text[], text[], bytea[]);

-- The server reads the words of a check anew for every line. What they said the two functions see to, and nobody else
-- adds anything.
ALTER TABLE markterm.line DROP CONSTRAINT line_turn_check, DROP CONSTRAINT line_n_check;

-- Add a line where the record still stands as whoever adds it had read; false, and nothing is added, where it went on.
CREATE FUNCTION markterm.add_line(
    of_centre text, of_record text, its_turn bigint, its_file text, its_n integer, its_uid text, after text, its_raw bytea
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF its_n < 1 THEN
        RAISE check_violation USING MESSAGE = 'markterm: lines are counted from 1 on';
    END IF;
    UPDATE markterm.head SET turn = its_turn, hash = encode(sha256(its_raw), 'hex')
    WHERE centre = of_centre AND record = of_record AND turn = its_turn - 1 AND hash = after
        AND EXISTS (SELECT 1 FROM markterm.access AS a WHERE a.role = session_user AND a.centre = of_centre);
    IF FOUND THEN
        INSERT INTO markterm.line
        VALUES (of_record, of_centre, its_turn, its_file, its_n, its_uid, after, its_raw);
        RETURN true;
    END IF;
    PERFORM markterm.require_access(of_centre);
    RETURN false;
END $$;

-- The same for several lines at once: those that begin a record, and those that come from elsewhere.
CREATE FUNCTION markterm.add_lines(
    of_centre text, of_record text, turns bigint[], its_files text[], ns integer[], uids text[], befores text[],
    lines bytea[]
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last integer := cardinality(turns);
    hash_of_last text := encode(sha256(lines[last]), 'hex');
BEGIN
    PERFORM markterm.require_access(of_centre);
    PERFORM 1 FROM generate_series(1, last) AS i WHERE ns[i] < 1 OR i > 1 AND (
        turns[i] <> turns[i - 1] + 1 OR befores[i] <> encode(sha256(lines[i - 1]), 'hex'));
    IF FOUND THEN
        RAISE check_violation USING MESSAGE = 'markterm: these lines are no chain';
    END IF;
    IF turns[1] = 1 AND befores[1] = '' THEN
        INSERT INTO markterm.head VALUES (of_centre, of_record, turns[last], hash_of_last) ON CONFLICT DO NOTHING;
    ELSE
        UPDATE markterm.head SET turn = turns[last], hash = hash_of_last
        WHERE centre = of_centre AND record = of_record AND turn = turns[1] - 1 AND hash = befores[1];
    END IF;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO markterm.line SELECT of_record, of_centre, each.*
    FROM ROWS FROM (unnest(turns), unnest(its_files), unnest(ns), unnest(uids), unnest(befores), unnest(lines)) AS each;
    RETURN true;
END $$;

CREATE FUNCTION markterm.require_access(of_centre text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM 1 FROM markterm.access WHERE role = session_user AND centre = of_centre;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'markterm: not of this centre';
    END IF;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA markterm FROM PUBLIC;
DO $$
DECLARE
    allowed name;
BEGIN
    FOR allowed IN SELECT DISTINCT role FROM markterm.access WHERE role IN (SELECT rolname FROM pg_catalog.pg_roles) LOOP
        EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION markterm.add_line(text, text, bigint, text, integer, text,
            text, bytea), markterm.add_lines(text, text, bigint[], text[], integer[], text[], text[], bytea[]) TO %I',
            allowed);
    END LOOP;
END $$;
