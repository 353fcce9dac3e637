-- The lines of all records, as they would stand in files, and how far each record goes.
--
-- `record` comes first in the key: a database that is spread over machines keeps a record together. A record's lines
-- are one chain: each says the hash of the one before, whichever segment that stands in, and one at a time is added.

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
    UNIQUE (record, centre, file, n),
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

CREATE FUNCTION markterm.centres() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT coalesce(pg_catalog.array_agg(centre), '{}') FROM markterm.access WHERE role = session_user
$$;

-- What is added goes on where the record stands, or nothing of it is added: whoever comes second reads again first.
CREATE FUNCTION markterm.go_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    records bigint;
    gone_on bigint;
    is_broken boolean;
BEGIN
    WITH hashed AS (
        SELECT centre, record, turn, before, pg_catalog.encode(pg_catalog.sha256(raw), 'hex') AS hash FROM added
    ), came AS (
        SELECT *, lag(turn) OVER w AS turn_before, lag(hash) OVER w AS hash_before,
            lead(turn) OVER w IS NULL AS is_last
        FROM hashed WINDOW w AS (PARTITION BY centre, record ORDER BY turn)
    ), firsts AS (
        SELECT centre, record, turn, before FROM came WHERE turn_before IS NULL
    ), lasts AS (
        SELECT centre, record, turn, hash FROM came WHERE is_last
    ), known AS (
        UPDATE markterm.head AS h SET turn = l.turn, hash = l.hash
        FROM firsts AS f JOIN lasts AS l USING (centre, record)
        WHERE h.centre = f.centre AND h.record = f.record AND h.turn = f.turn - 1 AND h.hash = f.before
        RETURNING 1
    ), new AS (
        INSERT INTO markterm.head (centre, record, turn, hash)
        SELECT centre, record, l.turn, l.hash FROM firsts AS f JOIN lasts AS l USING (centre, record)
        WHERE f.turn = 1 AND f.before = ''
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM firsts), (SELECT count(*) FROM known) + (SELECT count(*) FROM new),
        EXISTS (SELECT 1 FROM came WHERE turn_before IS NOT NULL
            AND (turn <> turn_before + 1 OR before <> hash_before))
    INTO records, gone_on, is_broken;
    IF gone_on <> records OR is_broken THEN
        RAISE unique_violation USING MESSAGE = 'markterm: the record went on meanwhile', CONSTRAINT = 'line_goes_on';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER goes_on AFTER INSERT ON markterm.line
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION markterm.go_on();

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

ALTER TABLE markterm.line ENABLE ROW LEVEL SECURITY;
ALTER TABLE markterm.head ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_centre ON markterm.line USING (centre = ANY ((SELECT markterm.centres())::text[]));
CREATE POLICY of_the_centre ON markterm.head USING (centre = ANY ((SELECT markterm.centres())::text[]));

REVOKE ALL ON ALL TABLES IN SCHEMA markterm FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA markterm FROM PUBLIC;
