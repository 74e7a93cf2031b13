-- Which trees a picture was added to, with words for it; and since when a published version shows it: from then on visitors may see it.

ALTER TABLE image ADD COLUMN published_at BIGINT;

CREATE TABLE tree_image (
    tree_id BIGINT NOT NULL REFERENCES tree (id) ON DELETE CASCADE,
    digest TEXT NOT NULL REFERENCES image (digest),
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (tree_id, digest)
);
