-- Failures of one kind of factor, one after the other; a row stays, so that its series goes on.
CREATE TABLE IF NOT EXISTS gatehouse_failure (
    account VARCHAR(255) NOT NULL,
    kind VARCHAR(64) NOT NULL,
    failures INTEGER NOT NULL,
    series BIGINT NOT NULL,
    is_suspended BOOLEAN NOT NULL,
    PRIMARY KEY (account, kind)
);

-- How many logins an account has completed: one more ends all others that are pending.
CREATE TABLE IF NOT EXISTS gatehouse_login (
    account VARCHAR(255) NOT NULL,
    logins BIGINT NOT NULL,
    last_at DECIMAL(28, 9) NOT NULL,
    PRIMARY KEY (account)
);

-- Browsers that an account is known from, by the SHA-256 of what their cookie holds; void at another version of the account.
CREATE TABLE IF NOT EXISTS gatehouse_device (
    id VARCHAR(64) NOT NULL,
    account VARCHAR(255) NOT NULL,
    secret_hash VARCHAR(64) NOT NULL,
    version_no BIGINT NOT NULL,
    trust VARCHAR(16) NOT NULL,
    label VARCHAR(100) NOT NULL,
    created_at DECIMAL(28, 9) NOT NULL,
    last_used_at DECIMAL(28, 9) NOT NULL,
    ends_at DECIMAL(28, 9) NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS gatehouse_device_account ON gatehouse_device (account, created_at);
