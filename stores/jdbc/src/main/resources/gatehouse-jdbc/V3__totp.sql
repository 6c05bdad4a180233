-- One row for each account that ever had a factor or token here: locked while what the account has is changed.
CREATE TABLE IF NOT EXISTS gatehouse_account (
    account VARCHAR(255) NOT NULL,
    changes BIGINT NOT NULL,
    PRIMARY KEY (account)
);

-- The secret is sealed for (purpose, account, id): a copy in another row does not open.
CREATE TABLE IF NOT EXISTS gatehouse_totp (
    id VARCHAR(64) NOT NULL,
    account VARCHAR(255) NOT NULL,
    algorithm VARCHAR(16) NOT NULL,
    digits INTEGER NOT NULL,
    period_seconds INTEGER NOT NULL,
    secret VARCHAR(1500) NOT NULL,
    secret_key_id VARCHAR(32) NOT NULL,
    created_at DECIMAL(28, 9) NOT NULL,
    label VARCHAR(100) NOT NULL,
    last_step BIGINT NOT NULL,
    last_used_at DECIMAL(28, 9),
    PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS gatehouse_totp_account ON gatehouse_totp (account);

CREATE INDEX IF NOT EXISTS gatehouse_totp_key ON gatehouse_totp (secret_key_id, id);
