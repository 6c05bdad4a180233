-- One row for each set of settings, pins and organisation, whose digest the identity is.
CREATE TABLE IF NOT EXISTS gatehouse_publisher (
    id VARCHAR(64) NOT NULL,
    identity VARCHAR(64) NOT NULL,
    provider VARCHAR(32) NOT NULL,
    issuer VARCHAR(400) NOT NULL,
    settings TEXT NOT NULL,
    pins TEXT NOT NULL,
    organization VARCHAR(255),
    added_by VARCHAR(255),
    created_at DECIMAL(28, 9) NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX IF NOT EXISTS gatehouse_publisher_identity ON gatehouse_publisher (identity);

CREATE TABLE IF NOT EXISTS gatehouse_publisher_key (
    lookup_key VARCHAR(64) NOT NULL,
    publisher_id VARCHAR(64) NOT NULL,
    PRIMARY KEY (lookup_key, publisher_id)
);

CREATE INDEX IF NOT EXISTS gatehouse_publisher_keys ON gatehouse_publisher_key (publisher_id);

-- Links are changed under the lock of their publisher's row.
CREATE TABLE IF NOT EXISTS gatehouse_publisher_project (
    publisher_id VARCHAR(64) NOT NULL,
    project_id VARCHAR(255) NOT NULL,
    PRIMARY KEY (publisher_id, project_id)
);

CREATE INDEX IF NOT EXISTS gatehouse_publisher_of_project ON gatehouse_publisher_project (project_id);

-- One row for each set of settings and normalised name, whose digest the identity is; inserted under the registrant's lock.
CREATE TABLE IF NOT EXISTS gatehouse_pending_publisher (
    id VARCHAR(64) NOT NULL,
    identity VARCHAR(64) NOT NULL,
    provider VARCHAR(32) NOT NULL,
    issuer VARCHAR(400) NOT NULL,
    settings TEXT NOT NULL,
    pins TEXT NOT NULL,
    project_name VARCHAR(255) NOT NULL,
    normalized_name VARCHAR(255) NOT NULL,
    registrant VARCHAR(255) NOT NULL,
    organization VARCHAR(255),
    created_at DECIMAL(28, 9) NOT NULL,
    expires_at DECIMAL(28, 9) NOT NULL,
    is_reminded BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX IF NOT EXISTS gatehouse_pending_identity ON gatehouse_pending_publisher (identity);

CREATE INDEX IF NOT EXISTS gatehouse_pending_name ON gatehouse_pending_publisher (normalized_name);

CREATE INDEX IF NOT EXISTS gatehouse_pending_registrant ON gatehouse_pending_publisher (registrant);

CREATE INDEX IF NOT EXISTS gatehouse_pending_organization ON gatehouse_pending_publisher (organization);

CREATE INDEX IF NOT EXISTS gatehouse_pending_end ON gatehouse_pending_publisher (expires_at);

CREATE TABLE IF NOT EXISTS gatehouse_pending_publisher_key (
    lookup_key VARCHAR(64) NOT NULL,
    publisher_id VARCHAR(64) NOT NULL,
    PRIMARY KEY (lookup_key, publisher_id)
);

CREATE INDEX IF NOT EXISTS gatehouse_pending_keys ON gatehouse_pending_publisher_key (publisher_id);
