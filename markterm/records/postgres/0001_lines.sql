-- The lines of all records, as they would stand in files, and how far each record goes.
--
-- `record` comes first in the key: a database that is spread over machines keeps a record together. A record's lines
-- are one chain: each says the hash of the one before, whichever segment that stands in.

CREATE SCHEMA markterm;
REVOKE ALL ON SCHEMA markterm FROM PUBLIC;

CREATE TABLE markterm.migration (
    version     integer PRIMARY KEY,
    reads_from  integer NOT NULL,  -- which version of the tables a MarkTerm must know to read
    writes_from integer NOT NULL,  -- and to write
    at          timestamptz NOT NULL DEFAULT now(),
    by_role     name NOT NULL DEFAULT session_user
);

-- What tells this database from any other one: segments that it begins are called after it.
CREATE TABLE markterm.place (
    id text PRIMARY KEY
);
INSERT INTO markterm.place VALUES (replace(gen_random_uuid()::text, '-', ''));

-- Which role may work in which centre.
CREATE TABLE markterm.access (
    role   name NOT NULL,
    centre text COLLATE "C" NOT NULL,
    PRIMARY KEY (role, centre)
);

CREATE TABLE markterm.line (
    record text COLLATE "C" NOT NULL,
    centre text COLLATE "C" NOT NULL,
    turn   bigint NOT NULL CHECK (turn > 0),   -- its place in the record, from 1 on
    file   text COLLATE "C" NOT NULL,          -- its segment, called as the file of it is
    n      integer NOT NULL CHECK (n > 0),     -- its place in the segment
    uid    text COLLATE "C",                   -- the event's; none where the line begins a segment, or repeats one
    before text COLLATE "C" NOT NULL,          -- the hash of the line of the turn before; empty for the first
    raw    bytea NOT NULL,                     -- byte for byte, with its line end
    PRIMARY KEY (record, centre, turn),
    UNIQUE (record, centre, uid)
);

-- How far each record goes. The database keeps it; nobody else does.
CREATE TABLE markterm.head (
    centre text COLLATE "C" NOT NULL,
    record text COLLATE "C" NOT NULL,
    turn   bigint NOT NULL,
    hash   text COLLATE "C" NOT NULL,
    PRIMARY KEY (centre, record)
) WITH (fillfactor = 70);

-- What is added goes on where the record stands, or nothing of it is added: whoever comes second reads again first.
-- Nobody has another way to add anything.
CREATE FUNCTION markterm.append(
    of_centre text, of_record text, its_turn bigint, its_file text, its_n integer, its_uid text, after text, its_raw bytea
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    WITH here AS (
        UPDATE markterm.head SET turn = its_turn, hash = pg_catalog.encode(pg_catalog.sha256(its_raw), 'hex')
        WHERE centre = of_centre AND record = of_record AND turn = its_turn - 1 AND hash = after
            AND EXISTS (SELECT 1 FROM markterm.access AS a WHERE a.role = session_user AND a.centre = of_centre)
        RETURNING 1
    )
    INSERT INTO markterm.line
    SELECT of_record, of_centre, its_turn, its_file, its_n, its_uid, after, its_raw FROM here;
    IF NOT FOUND THEN
        RAISE unique_violation USING MESSAGE = 'markterm: the record went on meanwhile';
    END IF;
END $$;

-- The same for several lines at once: those that begin a record, and those that come from elsewhere.
CREATE FUNCTION markterm.bring(
    of_centre text, of_record text, turns bigint[], its_files text[], ns integer[], uids text[], befores text[],
    lines bytea[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    last integer := pg_catalog.cardinality(turns);
    hash_of_last text := pg_catalog.encode(pg_catalog.sha256(lines[last]), 'hex');
BEGIN
    PERFORM 1 FROM markterm.access WHERE role = session_user AND centre = of_centre;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'markterm: not of this centre';
    END IF;
    IF turns[1] = 1 AND befores[1] = '' THEN
        INSERT INTO markterm.head VALUES (of_centre, of_record, turns[last], hash_of_last);
    ELSE
        UPDATE markterm.head SET turn = turns[last], hash = hash_of_last
        WHERE centre = of_centre AND record = of_record AND turn = turns[1] - 1 AND hash = befores[1];
        IF NOT FOUND THEN
            RAISE unique_violation USING MESSAGE = 'markterm: the record went on meanwhile';
        END IF;
    END IF;
    PERFORM 1 FROM pg_catalog.generate_series(2, last) AS i WHERE turns[i] <> turns[i - 1] + 1
        OR befores[i] <> pg_catalog.encode(pg_catalog.sha256(lines[i - 1]), 'hex');
    IF FOUND THEN
        RAISE unique_violation USING MESSAGE = 'markterm: these lines are no chain';
    END IF;
    INSERT INTO markterm.line SELECT of_record, of_centre, each.*
    FROM ROWS FROM (
        pg_catalog.unnest(turns), pg_catalog.unnest(its_files), pg_catalog.unnest(ns), pg_catalog.unnest(uids),
        pg_catalog.unnest(befores), pg_catalog.unnest(lines)
    ) AS each;
END $$;

-- A record only grows: for whoever asks, the owner of the tables included.
CREATE FUNCTION markterm.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'DELETE' AND pg_catalog.current_setting('markterm.removing', true) = OLD.record THEN
        RETURN OLD;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'markterm: a record only grows';
END $$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON markterm.line
FOR EACH ROW EXECUTE FUNCTION markterm.refuse();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON markterm.line
FOR EACH STATEMENT EXECUTE FUNCTION markterm.refuse();

-- A role sees the records of its centres, and no others.
ALTER TABLE markterm.access ENABLE ROW LEVEL SECURITY;
ALTER TABLE markterm.line ENABLE ROW LEVEL SECURITY;
ALTER TABLE markterm.head ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_role ON markterm.access FOR SELECT USING (role = session_user);
CREATE POLICY of_the_centre ON markterm.line FOR SELECT USING (centre IN (SELECT a.centre FROM markterm.access AS a));
CREATE POLICY of_the_centre ON markterm.head FOR SELECT USING (centre IN (SELECT a.centre FROM markterm.access AS a));

REVOKE ALL ON ALL TABLES IN SCHEMA markterm FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA markterm FROM PUBLIC;
