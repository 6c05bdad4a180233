-- A credential id has up to 1,364 characters, too many for a key in every database: the key is its SHA-256.
-- What the registration said of counter, verification and backup stands beside what the last assertion said.
CREATE TABLE IF NOT EXISTS gatehouse_webauthn (
    id_hash VARCHAR(64) NOT NULL,
    id VARCHAR(1364) NOT NULL,
    account VARCHAR(255) NOT NULL,
    user_handle VARCHAR(86) NOT NULL,
    public_key VARCHAR(5462) NOT NULL,
    aaguid VARCHAR(36) NOT NULL,
    strength VARCHAR(32) NOT NULL,
    transports VARCHAR(600) NOT NULL,
    backup_eligible BOOLEAN NOT NULL,
    first_sign_count BIGINT NOT NULL,
    first_user_verified BOOLEAN NOT NULL,
    first_backed_up BOOLEAN NOT NULL,
    created_at DECIMAL(28, 9) NOT NULL,
    label VARCHAR(100) NOT NULL,
    sign_count BIGINT NOT NULL,
    user_verified BOOLEAN NOT NULL,
    backed_up BOOLEAN NOT NULL,
    last_used_at DECIMAL(28, 9),
    PRIMARY KEY (id_hash)
);

CREATE INDEX IF NOT EXISTS gatehouse_webauthn_account ON gatehouse_webauthn (account);
