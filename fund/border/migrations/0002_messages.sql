CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    event_index BIGINT NOT NULL,
    stream TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    rhythm TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    try_at TEXT NOT NULL,
    mail TEXT
);
CREATE INDEX messages_to_try ON messages (state, try_at, id);
CREATE INDEX messages_of_person ON messages (person, queued_at);
CREATE INDEX messages_of_mail ON messages (mail);
CREATE TABLE message_log (
    message TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX message_log_of_message ON message_log (message, at);
CREATE TABLE messages_followed (
    one INTEGER PRIMARY KEY,
    position BIGINT NOT NULL
);
INSERT INTO messages_followed (one, position) VALUES (1, 0);
