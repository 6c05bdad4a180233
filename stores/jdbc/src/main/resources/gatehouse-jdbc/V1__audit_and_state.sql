-- Instants are seconds since 1970 with nine decimals: exact, and ordered in every database.
-- Ids and keys are compared exactly: where the database's default is not case-sensitive, create the tables with a binary
-- collation.

-- One row, locked while an entry is appended: the end of the chain.
CREATE TABLE IF NOT EXISTS gatehouse_audit_head (
    id INTEGER NOT NULL,
    entry_no BIGINT NOT NULL,
    entry_hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO gatehouse_audit_head (id, entry_no, entry_hash)
SELECT 1, 0, '0000000000000000000000000000000000000000000000000000000000000000'
FROM (SELECT COUNT(*) AS heads FROM gatehouse_audit_head) present
WHERE present.heads = 0;

-- Append-only: the application's user needs no right to update or delete here.
CREATE TABLE IF NOT EXISTS gatehouse_audit (
    entry_no BIGINT NOT NULL,
    happened_at DECIMAL(28, 9) NOT NULL,
    tag VARCHAR(96) NOT NULL,
    account VARCHAR(255),
    subject VARCHAR(255),
    actor VARCHAR(255),
    address VARCHAR(255),
    attributes TEXT NOT NULL,
    entry_hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (entry_no)
);

CREATE INDEX IF NOT EXISTS gatehouse_audit_account ON gatehouse_audit (account, entry_no);

-- Claims, values that are taken once, and counters; the key is the SHA-256 of the caller's.
CREATE TABLE IF NOT EXISTS gatehouse_state (
    space_name VARCHAR(48) NOT NULL,
    entry_key VARCHAR(64) NOT NULL,
    ends_at DECIMAL(28, 9) NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (space_name, entry_key)
);

CREATE INDEX IF NOT EXISTS gatehouse_state_end ON gatehouse_state (space_name, ends_at);

-- How far the ended entries of a space have been deleted.
CREATE TABLE IF NOT EXISTS gatehouse_state_cleaned (
    space_name VARCHAR(48) NOT NULL,
    cleaned_until DECIMAL(28, 9) NOT NULL,
    PRIMARY KEY (space_name)
);
