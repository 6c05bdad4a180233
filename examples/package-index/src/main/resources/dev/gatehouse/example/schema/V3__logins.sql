-- Grows with every finished login, so that a mailed link from before it is void.
ALTER TABLE account ADD COLUMN logins BIGINT DEFAULT 0 NOT NULL;
