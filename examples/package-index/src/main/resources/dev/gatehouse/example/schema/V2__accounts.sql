-- Who has an account, what was mailed to them, and what lets them in beside the factors that the library keeps.
CREATE TABLE account (
  id               VARCHAR(36)  NOT NULL PRIMARY KEY,
  name             VARCHAR(50)  NOT NULL,
  name_key         VARCHAR(50)  NOT NULL UNIQUE,
  password         VARCHAR(200) NOT NULL,
  password_version BIGINT       NOT NULL,
  registered       TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  email            VARCHAR(254) NOT NULL,
  email_verified   BOOLEAN      NOT NULL,
  admin            BOOLEAN      NOT NULL
);

-- An address is verified for one account at a time.
CREATE TABLE verified_email (
  email_key        VARCHAR(254) NOT NULL PRIMARY KEY,
  account          VARCHAR(36)  NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE
);

-- When something that a policy may ask about last happened to an account.
CREATE TABLE account_event (
  account          VARCHAR(36)  NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name             VARCHAR(64)  NOT NULL,
  at               TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (account, name)
);

CREATE TABLE recovery_set (
  account          VARCHAR(36)  NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  salt             VARCHAR(64)  NOT NULL,
  made             TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

CREATE TABLE recovery_code (
  account          VARCHAR(36)  NOT NULL REFERENCES recovery_set (account) ON DELETE CASCADE,
  place            INT          NOT NULL,
  hash             VARCHAR(64)  NOT NULL,
  burned           TIMESTAMP(9) WITH TIME ZONE,
  PRIMARY KEY (account, place)
);

-- Browsers in which a second factor was proven before.
CREATE TABLE known_device (
  key_hash         VARCHAR(64)  NOT NULL PRIMARY KEY,
  account          VARCHAR(36)  NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  ends             TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
CREATE INDEX known_device_account ON known_device (account);

CREATE TABLE project_flag (
  project          VARCHAR(36)  NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  name             VARCHAR(64)  NOT NULL,
  PRIMARY KEY (project, name)
);

-- Mail waits here until the mail server has taken it; without a mail server it stays, as the outbox.
CREATE TABLE mail (
  id               BIGINT       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind             VARCHAR(64)  NOT NULL,
  account          VARCHAR(36)  NOT NULL,
  address          VARCHAR(254) NOT NULL,
  subject          VARCHAR(200) NOT NULL,
  body             VARCHAR(8000) NOT NULL,
  made             TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  sent             TIMESTAMP(9) WITH TIME ZONE,
  attempts         INT          NOT NULL
);
CREATE INDEX mail_account ON mail (account, kind, made);

-- How far the audit log was read for mails.
CREATE TABLE mail_position (
  id               INT          NOT NULL PRIMARY KEY,
  sequence         BIGINT       NOT NULL
);
INSERT INTO mail_position (id, sequence) VALUES (1, 0);
