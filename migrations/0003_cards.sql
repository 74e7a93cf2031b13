-- Cards: the ways to find out the fact that a question asks for, in order. `place` says where; `looks_like` is what the command prints or the
-- window shows there.
CREATE TABLE lookup (
    version_id BIGINT NOT NULL,
    node_key TEXT NOT NULL,
    position BIGINT NOT NULL,
    place TEXT NOT NULL,
    shell TEXT,
    command TEXT,
    steps TEXT,
    looks_like TEXT,
    PRIMARY KEY (version_id, node_key, position),
    FOREIGN KEY (version_id, node_key) REFERENCES question (version_id, node_key) ON DELETE CASCADE,
    CHECK ((shell IS NULL) = (command IS NULL))
);
