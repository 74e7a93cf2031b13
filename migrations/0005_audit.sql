-- Who changed what, when, and from where. An entry is written in the transaction of its change and never changed.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE INDEX audit_of_subject ON audit (subject, id);

INSERT INTO counter (name, value) VALUES ('audit', 0);
