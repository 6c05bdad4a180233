-- The state of an owner: locked while a token is inserted or the state is changed.
CREATE TABLE IF NOT EXISTS gatehouse_token_owner (
    owner VARCHAR(280) NOT NULL,
    version_no BIGINT NOT NULL,
    is_suspended BOOLEAN NOT NULL,
    PRIMARY KEY (owner)
);

-- The root key is sealed for (purpose, owner, id): a copy in another row does not open.
CREATE TABLE IF NOT EXISTS gatehouse_token (
    id VARCHAR(64) NOT NULL,
    owner VARCHAR(280) NOT NULL,
    created_at DECIMAL(28, 9) NOT NULL,
    reach VARCHAR(16) NOT NULL,
    name VARCHAR(100),
    lifetime_seconds BIGINT,
    idle_seconds BIGINT,
    labels VARCHAR(1100) NOT NULL,
    made_with_two_factor BOOLEAN NOT NULL,
    run TEXT NOT NULL,
    root_key VARCHAR(1500) NOT NULL,
    root_key_id VARCHAR(32) NOT NULL,
    last_used_at DECIMAL(28, 9),
    revoked_at DECIMAL(28, 9),
    PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS gatehouse_token_of_owner ON gatehouse_token (owner);

CREATE INDEX IF NOT EXISTS gatehouse_token_key ON gatehouse_token (root_key_id, id);

CREATE TABLE IF NOT EXISTS gatehouse_token_restriction (
    token_id VARCHAR(64) NOT NULL,
    place INTEGER NOT NULL,
    caveat VARCHAR(8000) NOT NULL,
    PRIMARY KEY (token_id, place)
);
