import type { MigrationSet } from './open-database.ts'

/**
 * The tables of the sync core. `log` has rowids beside its key, because large rows in a WITHOUT ROWID table make every
 * lookup read through their bytes. Checksums are 53 bits wide and fit SQLite's integers.
 */
export const syncMigrations: MigrationSet = {
  owner: 'sync',
  migrations: [
    {
      name: 'first tables',
      sql: `
        CREATE TABLE organisation (one INTEGER PRIMARY KEY CHECK (one = 1), organisation_id TEXT NOT NULL, name TEXT NOT NULL) STRICT;
        CREATE TABLE generation (one INTEGER PRIMARY KEY CHECK (one = 1), generation TEXT NOT NULL) STRICT;
        INSERT INTO generation (one, generation) VALUES (1, lower(hex(randomblob(16))));
        CREATE TABLE space (
          space_id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,
          archived INTEGER NOT NULL DEFAULT 0, head INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE membership (
          space_id TEXT NOT NULL REFERENCES space (space_id), person_id TEXT NOT NULL, role TEXT NOT NULL,
          PRIMARY KEY (space_id, person_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX membership_by_person ON membership (person_id);
        CREATE TABLE document (
          document_id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES space (space_id),
          kind TEXT NOT NULL, page_kind TEXT, writers TEXT NOT NULL, owner_id TEXT, co_author_ids TEXT NOT NULL,
          min_schema INTEGER NOT NULL, title TEXT, icon TEXT, archived INTEGER NOT NULL DEFAULT 0,
          changed_at_ms INTEGER NOT NULL, size_bytes INTEGER NOT NULL, last_n INTEGER NOT NULL,
          compacted_to INTEGER NOT NULL, tail_rows INTEGER NOT NULL, tail_bytes INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX document_by_space ON document (space_id);
        CREATE TABLE log (
          id INTEGER PRIMARY KEY, space_id TEXT NOT NULL REFERENCES space (space_id), n INTEGER NOT NULL,
          document_id TEXT NOT NULL REFERENCES document (document_id),
          log_id TEXT NOT NULL, row INTEGER NOT NULL, checksum INTEGER NOT NULL,
          person_id TEXT NOT NULL, schema INTEGER NOT NULL, restored INTEGER NOT NULL,
          record_checksum INTEGER NOT NULL, bytes BLOB
        ) STRICT;
        CREATE UNIQUE INDEX log_by_number ON log (space_id, n);
        CREATE INDEX log_by_document ON log (document_id, n);
        CREATE UNIQUE INDEX log_by_row ON log (log_id, row);
        CREATE TABLE log_mark (log_id TEXT PRIMARY KEY, person_id TEXT NOT NULL, row INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE client_binding (
          document_id TEXT NOT NULL REFERENCES document (document_id), client_id INTEGER NOT NULL, owner TEXT NOT NULL,
          PRIMARY KEY (document_id, client_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshot (
          document_id TEXT PRIMARY KEY REFERENCES document (document_id), covers_n INTEGER NOT NULL,
          bytes BLOB NOT NULL, state_vector BLOB NOT NULL,
          record_checksum INTEGER NOT NULL, state_vector_checksum INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE quarantine (
          id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document (document_id), n INTEGER NOT NULL,
          set_aside_at_ms INTEGER NOT NULL, record_checksum INTEGER NOT NULL, bytes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX quarantine_by_document ON quarantine (document_id);
      `,
    },
    {
      name: 'people and memberships by number',
      sql: `
        CREATE TABLE person_card (
          person_id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, suspended INTEGER NOT NULL,
          face TEXT, n INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX person_card_by_number ON person_card (n);
        CREATE TABLE membership_change (
          space_id TEXT NOT NULL, person_id TEXT NOT NULL, role TEXT, n INTEGER NOT NULL, PRIMARY KEY (space_id, person_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX membership_change_by_number ON membership_change (n);
        CREATE TABLE people_number (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL) STRICT;
        INSERT INTO people_number (one, n) VALUES (1, 1);
        INSERT INTO membership_change (space_id, person_id, role, n) SELECT space_id, person_id, role, 1 FROM membership;
      `,
    },
    {
      // Who wrote since the last version is noted by the transaction that commits the row: compaction deletes the rows.
      name: 'versions of pages',
      sql: `
        CREATE TABLE version (
          id INTEGER PRIMARY KEY, version_id TEXT NOT NULL UNIQUE,
          document_id TEXT NOT NULL REFERENCES document (document_id), space_id TEXT NOT NULL, n INTEGER NOT NULL,
          at_ms INTEGER NOT NULL, reason TEXT NOT NULL, name TEXT, made_by TEXT, writer_ids TEXT NOT NULL,
          min_schema INTEGER NOT NULL, record_checksum INTEGER NOT NULL, bytes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX version_by_document ON version (document_id);
        CREATE TABLE document_writer (
          document_id TEXT NOT NULL, person_id TEXT NOT NULL, first_n INTEGER NOT NULL, last_n INTEGER NOT NULL,
          PRIMARY KEY (document_id, person_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER log_has_writer AFTER INSERT ON log WHEN NEW.person_id <> 'server' BEGIN
          INSERT INTO document_writer (document_id, person_id, first_n, last_n)
          VALUES (NEW.document_id, NEW.person_id, NEW.n, NEW.n)
          ON CONFLICT DO UPDATE SET last_n = excluded.last_n;
        END;
      `,
    },
    {
      name: 'requests, and what is said of a space',
      sql: `
        ALTER TABLE space ADD COLUMN description TEXT NOT NULL DEFAULT '';
        ALTER TABLE space ADD COLUMN icon TEXT;
        ALTER TABLE space ADD COLUMN parent_id TEXT;
        ALTER TABLE space ADD COLUMN joining TEXT NOT NULL DEFAULT 'closed';
        UPDATE space SET joining = CASE kind WHEN 'community' THEN 'open' WHEN 'team' THEN 'ask' WHEN 'project' THEN 'ask' ELSE 'closed' END;
        CREATE TABLE request (
          request_id TEXT PRIMARY KEY, person_id TEXT NOT NULL, n INTEGER NOT NULL, ask TEXT NOT NULL,
          state TEXT NOT NULL, reason TEXT, asked_at_ms INTEGER NOT NULL, answered_at_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX request_by_number ON request (person_id, n);
        CREATE INDEX request_by_state ON request (state) WHERE state = 'asked';
      `,
    },
  ],
}
