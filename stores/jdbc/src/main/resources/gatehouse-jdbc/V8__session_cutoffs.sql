-- Sessions of the account that began before the instant are over, but for the one kept (a digest of its handle).
CREATE TABLE IF NOT EXISTS gatehouse_session_cutoff (
    account VARCHAR(255) NOT NULL,
    ends_before DECIMAL(28, 9) NOT NULL,
    kept_session VARCHAR(64),
    PRIMARY KEY (account)
);
