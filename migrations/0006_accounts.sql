-- Accounts, and what proves that somebody is one. Of passwords, sessions, links and tokens there are hashes only.
CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The name without differences of case and form, by which it is unique and found.
    folded_name TEXT NOT NULL UNIQUE,
    -- A PHC string; none until a password is set by a link.
    password_hash TEXT,
    -- Words separated by blanks.
    roles TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE session (
    id BIGINT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    browser TEXT NOT NULL
);

CREATE INDEX session_of_account ON session (account_id);

-- Opens a page that sets a password, once.
CREATE TABLE set_up_link (
    token_hash TEXT PRIMARY KEY,
    -- None for the link that makes the first account.
    account_id BIGINT REFERENCES account (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE api_token (
    id BIGINT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT
);

CREATE INDEX api_token_of_account ON api_token (account_id);

-- Raised by every change of these tables; a new row's id is the number it was raised to.
INSERT INTO counter (name, value) VALUES ('account', 0);
