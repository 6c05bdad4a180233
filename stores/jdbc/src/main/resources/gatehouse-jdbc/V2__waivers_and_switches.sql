CREATE TABLE IF NOT EXISTS gatehouse_waiver (
    id VARCHAR(64) NOT NULL,
    requirement VARCHAR(255) NOT NULL,
    subject_kind VARCHAR(16) NOT NULL,
    subject_id VARCHAR(255) NOT NULL,
    begins_at DECIMAL(28, 9) NOT NULL,
    ends_at DECIMAL(28, 9) NOT NULL,
    ended_at DECIMAL(28, 9),
    reason VARCHAR(2000) NOT NULL,
    given_by VARCHAR(255) NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS gatehouse_waiver_end ON gatehouse_waiver (ends_at);

CREATE TABLE IF NOT EXISTS gatehouse_switch (
    name VARCHAR(96) NOT NULL,
    is_on BOOLEAN NOT NULL,
    PRIMARY KEY (name)
);
