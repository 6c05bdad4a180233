-- A file may be uploaded by a run of a trusted publisher, which has a longer name than an account.
ALTER TABLE release_file ALTER COLUMN uploaded_by VARCHAR(255);

-- What was told once and is not told again, such as that a token was used where a publisher could.
CREATE TABLE told (
  what             VARCHAR(255) NOT NULL PRIMARY KEY,
  at               TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

-- Issuers of organisations for which somebody has registered a publisher; identity tokens of others are not looked at.
CREATE TABLE organization_issuer (
  url              VARCHAR(400) NOT NULL PRIMARY KEY,
  provider         VARCHAR(32)  NOT NULL
);
