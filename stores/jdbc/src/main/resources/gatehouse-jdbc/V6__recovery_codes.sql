-- At most one set for each account; its salt and the cost of its hashes are kept with it.
CREATE TABLE IF NOT EXISTS gatehouse_recovery_set (
    id VARCHAR(64) NOT NULL,
    account VARCHAR(255) NOT NULL,
    created_at DECIMAL(28, 9) NOT NULL,
    salt VARCHAR(64) NOT NULL,
    cost_kibibytes INTEGER NOT NULL,
    cost_passes INTEGER NOT NULL,
    cost_lanes INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX IF NOT EXISTS gatehouse_recovery_account ON gatehouse_recovery_set (account);

CREATE TABLE IF NOT EXISTS gatehouse_recovery_code (
    set_id VARCHAR(64) NOT NULL,
    place INTEGER NOT NULL,
    code_hash VARCHAR(64) NOT NULL,
    used_at DECIMAL(28, 9),
    PRIMARY KEY (set_id, place)
);
