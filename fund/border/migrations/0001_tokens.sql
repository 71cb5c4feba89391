CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    last_used_at TEXT,
    revoked_at TEXT
);
CREATE INDEX tokens_by_person ON tokens (person, created_at);
