-- What every later migration stands on. Forward only; a migration is never edited after it was released (server/migrations/HASHES).
--
-- Rights: the owner role runs migrations and owns every schema. The app role may use a table only where a migration grants it:
--   GRANT USAGE ON SCHEMA video TO vigil_app;
--   GRANT SELECT, INSERT, UPDATE, DELETE ON video.cameras TO vigil_app;
-- `vigil_app` stands for the role of the app's URL, whatever its name is there.

-- Nobody uses a schema, table or function by being somebody.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;

CREATE SCHEMA platform;
COMMENT ON SCHEMA platform IS 'What belongs to no module: the record of migrations.';
GRANT USAGE ON SCHEMA platform TO vigil_app;

CREATE TABLE platform.migrations (
  number integer PRIMARY KEY CHECK (number > 0),
  name text NOT NULL UNIQUE,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  applied_at bigint NOT NULL,
  took_ms integer NOT NULL CHECK (took_ms >= 0)
);
COMMENT ON TABLE platform.migrations IS 'One row for each migration that was applied to this database, in order.';
COMMENT ON COLUMN platform.migrations.number IS 'The four digits of the file name.';
COMMENT ON COLUMN platform.migrations.name IS 'File name without .sql, e.g. 0001-platform.';
COMMENT ON COLUMN platform.migrations.sha256 IS 'SHA-256 of the file as it was applied, hex; a file that differs later is refused.';
COMMENT ON COLUMN platform.migrations.applied_at IS 'UTC ms since 1970.';
COMMENT ON COLUMN platform.migrations.took_ms IS 'Duration of the migration, ms.';
GRANT SELECT ON platform.migrations TO vigil_app;
