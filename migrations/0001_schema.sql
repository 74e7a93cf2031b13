-- The whole schema, one text for SQLite and PostgreSQL.
--
-- The portable subset: BIGINT for numbers, flags (0 or 1) and times (milliseconds since 1970-01-01 UTC); TEXT for words, for JSON, and for
-- hashes in hexadecimal. Ids are given out by the program from `counter`, since the databases do not agree on how a column counts by itself.
-- Constraints have no names of their own: both databases then report a broken one as `table_column_key`, see `db::Error`.

-- Numbers that only grow. `change` moves with every change to trees or ladders; each server watches it. The others give out ids.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

INSERT INTO counter (name, value) VALUES ('change', 0), ('tree', 0), ('version', 0);

-- Ladders ----------------------------------------------------------------------------------------------------------------------------------

-- One revision of the ordered levels of a product. A published version pins the revision it was written for, so a later one cannot change it.
-- Once sealed, neither the revision nor its releases change.
CREATE TABLE ladder (
    key TEXT NOT NULL,
    revision BIGINT NOT NULL,
    product TEXT NOT NULL,
    digest TEXT NOT NULL,
    sealed BIGINT NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (key, revision)
);

-- One level, in the ladder's order, with the words of the file it came from.
CREATE TABLE ladder_release (
    ladder_key TEXT NOT NULL,
    ladder_revision BIGINT NOT NULL,
    position BIGINT NOT NULL,
    family TEXT NOT NULL,
    kind TEXT NOT NULL,
    line TEXT NOT NULL,
    update_name TEXT NOT NULL,
    level TEXT NOT NULL,
    build TEXT NOT NULL,
    released TEXT NOT NULL,
    kb TEXT NOT NULL,
    PRIMARY KEY (ladder_key, ladder_revision, position),
    FOREIGN KEY (ladder_key, ladder_revision) REFERENCES ladder (key, revision) ON DELETE CASCADE
);

-- Trees ------------------------------------------------------------------------------------------------------------------------------------

-- A decision tree through all its versions. `starter_digest` is the digest of the shipped file it was last loaded from; `edited_by_author`
-- says that a person has changed it since, so that no shipped file replaces it.
CREATE TABLE tree (
    id BIGINT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    starter_digest TEXT,
    edited_by_author BIGINT NOT NULL DEFAULT 0 CHECK (edited_by_author IN (0, 1))
);

-- Addresses that a tree had before; they redirect to the present one and are never given to another tree.
CREATE TABLE tree_slug (
    slug TEXT PRIMARY KEY,
    tree_id BIGINT NOT NULL REFERENCES tree (id) ON DELETE CASCADE
);

-- The draft (no number yet), a published version, or a withdrawn one. Lists are JSON. `digest` is the SHA-256 of the canonical file.
-- `slug` is the address the tree had when the version was written: its facts and nodes are qualified by it for ever.
-- The state `restoring` stands only inside the transaction that restores a backup, so that rows can be put under a version again.
CREATE TABLE version (
    id BIGINT PRIMARY KEY,
    tree_id BIGINT NOT NULL REFERENCES tree (id) ON DELETE CASCADE,
    number BIGINT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn', 'restoring')),
    format TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    products TEXT NOT NULL,
    applies_to TEXT NOT NULL,
    ladder TEXT NOT NULL,
    owner TEXT,
    reviewed TEXT,
    review_by TEXT,
    symptoms TEXT NOT NULL,
    start_node TEXT NOT NULL,
    digest TEXT NOT NULL,
    summary_of_change TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    withdrawn_at BIGINT,
    UNIQUE (tree_id, number),
    CHECK ((state = 'draft') = (number IS NULL)),
    CHECK ((number IS NULL) = (published_at IS NULL))
);

-- A tree has at most one draft.
CREATE UNIQUE INDEX version_draft ON version (tree_id) WHERE number IS NULL;

-- The ladder revisions a published version compares levels by.
CREATE TABLE version_ladder (
    version_id BIGINT NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    ladder_key TEXT NOT NULL,
    ladder_revision BIGINT NOT NULL,
    PRIMARY KEY (version_id, ladder_key),
    FOREIGN KEY (ladder_key, ladder_revision) REFERENCES ladder (key, revision)
);

-- The versions that a published version's jumps lead to: always older ones, so jumps cannot go round in circles.
CREATE TABLE version_jump (
    version_id BIGINT NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    target_version_id BIGINT NOT NULL REFERENCES version (id),
    PRIMARY KEY (version_id, slug),
    CHECK (target_version_id <> version_id)
);

-- The inside of a version --------------------------------------------------------------------------------------------------------------------

CREATE TABLE node (
    version_id BIGINT NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'route', 'outcome', 'jump')),
    title TEXT NOT NULL,
    PRIMARY KEY (version_id, key),
    UNIQUE (version_id, position)
);

-- `extras` is a JSON object with what only some kinds of question have: options, columns, families, offers, number.
CREATE TABLE question (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    fact TEXT NOT NULL,
    ask TEXT NOT NULL,
    prompt TEXT NOT NULL,
    hint TEXT,
    help TEXT,
    extras TEXT NOT NULL,
    PRIMARY KEY (version_id, node_key),
    FOREIGN KEY (version_id, node_key) REFERENCES node (version_id, key) ON DELETE CASCADE
);

-- Every edge of the tree: the ordered `when` branches of a question or route, its `otherwise` and `unknown`, and an outcome's `did_not_help`.
CREATE TABLE branch (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('when', 'otherwise', 'unknown', 'did_not_help')),
    condition TEXT,
    label TEXT,
    target TEXT NOT NULL,
    PRIMARY KEY (version_id, node_key, position),
    FOREIGN KEY (version_id, node_key) REFERENCES node (version_id, key) ON DELETE CASCADE,
    FOREIGN KEY (version_id, target) REFERENCES node (version_id, key) ON DELETE CASCADE,
    CHECK ((kind = 'when') = (condition IS NOT NULL))
);

-- A finding of the proof that the author has seen and means.
CREATE TABLE mark (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    position BIGINT NOT NULL,
    finding TEXT NOT NULL,
    PRIMARY KEY (version_id, node_key, position),
    FOREIGN KEY (version_id, node_key) REFERENCES node (version_id, key) ON DELETE CASCADE
);

CREATE TABLE outcome (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    verdict TEXT NOT NULL,
    headline TEXT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (version_id, node_key),
    FOREIGN KEY (version_id, node_key) REFERENCES node (version_id, key) ON DELETE CASCADE
);

CREATE TABLE procedure (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    position BIGINT NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    applies TEXT NOT NULL,
    risk TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    per TEXT NOT NULL,
    rights TEXT NOT NULL,
    verify TEXT NOT NULL,
    way_back TEXT NOT NULL,
    PRIMARY KEY (version_id, node_key, position),
    UNIQUE (version_id, node_key, key),
    FOREIGN KEY (version_id, node_key) REFERENCES outcome (version_id, node_key) ON DELETE CASCADE
);

CREATE TABLE step (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    procedure_position BIGINT NOT NULL,
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    text TEXT,
    shell TEXT,
    command TEXT,
    PRIMARY KEY (version_id, node_key, procedure_position, position),
    FOREIGN KEY (version_id, node_key, procedure_position) REFERENCES procedure (version_id, node_key, position) ON DELETE CASCADE,
    CHECK ((shell IS NULL) = (command IS NULL))
);

-- An article that an outcome rests on.
CREATE TABLE reference (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    position BIGINT NOT NULL,
    article TEXT NOT NULL,
    title TEXT,
    PRIMARY KEY (version_id, node_key, position),
    FOREIGN KEY (version_id, node_key) REFERENCES outcome (version_id, node_key) ON DELETE CASCADE
);

CREATE TABLE jump (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (version_id, node_key),
    FOREIGN KEY (version_id, node_key) REFERENCES node (version_id, key) ON DELETE CASCADE
);

-- A test kept with the tree. `facts` and `answers` are JSON objects, `unknown` is a JSON list.
CREATE TABLE tree_case (
    version_id BIGINT NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    facts TEXT NOT NULL,
    unknown TEXT NOT NULL,
    answers TEXT NOT NULL,
    expect TEXT NOT NULL,
    PRIMARY KEY (version_id, position)
);

-- Diagnoses --------------------------------------------------------------------------------------------------------------------------------

-- One visitor's walk: pinned to one version, and nothing computed is kept. `id` is 128 random bits in base32; `owner_hash` is the SHA-256 of
-- the browser's secret or the API's owner token. `ended_*` record what the walk came to, so that a replay that differs can be shown.
CREATE TABLE diagnosis (
    id TEXT PRIMARY KEY,
    owner_hash TEXT NOT NULL,
    version_id BIGINT NOT NULL REFERENCES version (id),
    language TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    ended_digest TEXT,
    ended_outcome TEXT,
    ended_at BIGINT,
    CHECK ((ended_digest IS NULL) = (ended_at IS NULL))
);

CREATE INDEX diagnosis_of_owner ON diagnosis (owner_hash, changed_at);
CREATE INDEX diagnosis_by_opening ON diagnosis (opened_at);
CREATE INDEX diagnosis_of_version ON diagnosis (version_id);

-- A statement on one fact; `value` is JSON, or NULL for "I don't know". `seq` is the order in which the diagnosis heard them.
CREATE TABLE fact (
    diagnosis_id TEXT NOT NULL REFERENCES diagnosis (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('asked', 'confirmed', 'pasted', 'uploaded', 'linked', 'carried')),
    seq BIGINT NOT NULL,
    value TEXT,
    line TEXT,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (diagnosis_id, key, source)
);

-- The answer to an outcome's "Did this fix it?". `node_key` is qualified: `slug.key`.
CREATE TABLE answer (
    diagnosis_id TEXT NOT NULL REFERENCES diagnosis (id) ON DELETE CASCADE,
    node_key TEXT NOT NULL,
    value TEXT NOT NULL CHECK (value IN ('yes', 'no', 'worse')),
    said_at BIGINT NOT NULL,
    PRIMARY KEY (diagnosis_id, node_key)
);

-- A step that was ticked as done. It never influences the walk.
CREATE TABLE tick (
    diagnosis_id TEXT NOT NULL REFERENCES diagnosis (id) ON DELETE CASCADE,
    node_key TEXT NOT NULL,
    procedure_key TEXT NOT NULL,
    step BIGINT NOT NULL,
    ticked_at BIGINT NOT NULL,
    PRIMARY KEY (diagnosis_id, node_key, procedure_key, step)
);

-- A link that opens a diagnosis for others; only the SHA-256 of its token is kept.
CREATE TABLE share (
    token_hash TEXT PRIMARY KEY,
    diagnosis_id TEXT NOT NULL REFERENCES diagnosis (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('view', 'continue')),
    redacted BIGINT NOT NULL CHECK (redacted IN (0, 1)),
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);

CREATE INDEX share_of_diagnosis ON share (diagnosis_id);

-- What a visitor said about an outcome, for the authors.
CREATE TABLE feedback (
    diagnosis_id TEXT NOT NULL REFERENCES diagnosis (id) ON DELETE CASCADE,
    node_key TEXT NOT NULL,
    helped TEXT NOT NULL CHECK (helped IN ('yes', 'no', 'worse')),
    note TEXT,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (diagnosis_id, node_key)
);
