-- Drafts that lose nothing: every edit is kept, and what is to become of a draft.

-- `draft_revision` counts the edits of a tree for ever, through all its versions. `offered_revision` is the revision that a shipped file made of
-- it, for authors to look at. With `four_eyes`, whoever wrote a draft does not publish it. `withdrawn_reason` says why the guide is gone.
ALTER TABLE tree ADD COLUMN draft_revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tree ADD COLUMN offered_revision BIGINT;
ALTER TABLE tree ADD COLUMN four_eyes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tree ADD COLUMN withdrawn_reason TEXT;

-- Who saved the revision; the program's own have nobody.
ALTER TABLE ladder ADD COLUMN created_by TEXT;

-- One edit: what made the revision out of the one before it. `edit` and `sentences` are JSON. `base_revision` is the one that its author saw.
-- `undoes` and `redoes` name the edit that it takes back; `version` is the number of the version that it went into.
CREATE TABLE draft_edit (
    tree_id BIGINT NOT NULL REFERENCES tree (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    base_revision BIGINT NOT NULL,
    edit TEXT NOT NULL,
    sentences TEXT NOT NULL,
    undoes BIGINT,
    redoes BIGINT,
    version BIGINT,
    PRIMARY KEY (tree_id, revision)
);

-- Who published a version, and from which revision of the draft.
CREATE TABLE publication (
    version_id BIGINT PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL
);

-- An author asks somebody else to look at the draft and to publish it.
CREATE TABLE review_request (
    tree_id BIGINT PRIMARY KEY REFERENCES tree (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL
);

-- A draft that is to be published at a time. It holds for one revision; `failed` says why that could not be done.
CREATE TABLE schedule (
    tree_id BIGINT PRIMARY KEY REFERENCES tree (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    summary TEXT NOT NULL,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    failed TEXT
);

-- An outcome that proved wrong. Keys of nodes are never used again, so it holds for every version of the tree.
CREATE TABLE withdrawn_outcome (
    tree_id BIGINT NOT NULL REFERENCES tree (id) ON DELETE CASCADE,
    node_key TEXT NOT NULL,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (tree_id, node_key)
);

-- The walk with which an account tries a draft; `value` is a case as JSON.
CREATE TABLE trial (
    tree_id BIGINT NOT NULL REFERENCES tree (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL,
    value TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tree_id, account_id)
);

-- A picture in a step, by the SHA-256 of its bytes; `bytes` is base64.
CREATE TABLE image (
    digest TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    bytes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    name TEXT NOT NULL
);
