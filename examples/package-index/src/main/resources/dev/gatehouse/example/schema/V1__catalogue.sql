-- What the index itself keeps: projects, who may publish to them, releases, files.
CREATE TABLE project (
  id          VARCHAR(36)  NOT NULL PRIMARY KEY,
  name        VARCHAR(200) NOT NULL,
  normalized  VARCHAR(200) NOT NULL UNIQUE,
  created     TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

CREATE TABLE project_role (
  project     VARCHAR(36)  NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  account     VARCHAR(36)  NOT NULL,
  role        VARCHAR(16)  NOT NULL,
  PRIMARY KEY (project, account)
);
CREATE INDEX project_role_account ON project_role (account);

CREATE TABLE release (
  project     VARCHAR(36)  NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  version     VARCHAR(200) NOT NULL,
  created     TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  summary     VARCHAR(512) NOT NULL,
  PRIMARY KEY (project, version)
);

CREATE TABLE release_file (
  filename    VARCHAR(255) NOT NULL PRIMARY KEY,
  project     VARCHAR(36)  NOT NULL,
  version     VARCHAR(200) NOT NULL,
  packagetype VARCHAR(32)  NOT NULL,
  requires_python VARCHAR(255),
  size        BIGINT       NOT NULL,
  sha256      VARCHAR(64)  NOT NULL,
  uploaded    TIMESTAMP(9) WITH TIME ZONE NOT NULL,
  uploaded_by VARCHAR(36)  NOT NULL,
  FOREIGN KEY (project, version) REFERENCES release (project, version) ON DELETE CASCADE
);
CREATE INDEX release_file_project ON release_file (project);

-- A name once used is never given to other bytes, not even after the file is gone.
CREATE TABLE used_filename (
  filename    VARCHAR(255) NOT NULL PRIMARY KEY,
  sha256      VARCHAR(64)  NOT NULL
);
