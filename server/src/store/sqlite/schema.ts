/** The tables, as migrations: `user_version` counts how many a database has had. Never edit a released one. */
import type { DatabaseSync } from 'node:sqlite'
import { chainOldLogs } from './log-rows.ts'

/** SQL, or what SQL cannot do; inside the transaction of all migrations. */
export type Migration = string | ((database: DatabaseSync) => void)

export const migrations: readonly Migration[] = [
  `
  CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    place TEXT NOT NULL
  ) STRICT;

  CREATE TABLE delegations (
    meeting TEXT NOT NULL REFERENCES meetings,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    colour INTEGER NOT NULL,
    PRIMARY KEY (meeting, code)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('delegate', 'chair', 'secretariat', 'observer')),
    delegation TEXT,
    revoked INTEGER,
    FOREIGN KEY (meeting, delegation) REFERENCES delegations (meeting, code)
  ) STRICT;

  CREATE TABLE links (
    hash TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people,
    purpose TEXT NOT NULL CHECK (purpose IN ('start', 'invitation')),
    expires INTEGER NOT NULL,
    revoked INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    expires INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE seats (
    session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES people,
    at INTEGER NOT NULL,
    UNIQUE (session, person)
  ) STRICT;

  CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings,
    title TEXT NOT NULL,
    edition TEXT NOT NULL,
    base_hash TEXT NOT NULL,
    base TEXT NOT NULL
  ) STRICT;

  CREATE TABLE clients (
    draft TEXT NOT NULL REFERENCES drafts,
    client INTEGER NOT NULL,
    user TEXT NOT NULL REFERENCES people,
    delegation TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (draft, client)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE updates (
    draft TEXT NOT NULL REFERENCES drafts,
    seq INTEGER NOT NULL,
    user TEXT NOT NULL,
    client INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('base', 'person', 'edit', 'decision')),
    data BLOB NOT NULL,
    PRIMARY KEY (draft, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    draft TEXT NOT NULL,
    seq INTEGER NOT NULL,
    user TEXT NOT NULL REFERENCES people,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    FOREIGN KEY (draft, seq) REFERENCES updates (draft, seq)
  ) STRICT;
  `,
  `
  ALTER TABLE updates ADD COLUMN hash BLOB NOT NULL DEFAULT x'';

  CREATE TABLE snapshots (
    draft TEXT PRIMARY KEY REFERENCES drafts,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    digest BLOB NOT NULL,
    data BLOB NOT NULL
  ) STRICT;

  CREATE TABLE probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ballast BLOB NOT NULL
  ) STRICT;
  `,
  chainOldLogs,
  // Not against whoever owns the file, but against a mistake of this program.
  ['updates', 'decisions'].map(appendOnly).join(''),
  `
  CREATE TABLE versions (
    draft TEXT NOT NULL,
    name TEXT NOT NULL,
    seq INTEGER NOT NULL,
    user TEXT NOT NULL REFERENCES people,
    at INTEGER NOT NULL,
    PRIMARY KEY (draft, name),
    FOREIGN KEY (draft, seq) REFERENCES updates (draft, seq)
  ) STRICT, WITHOUT ROWID;
  ${appendOnly('versions')}
  `,
  `
  CREATE TABLE attachments (
    draft TEXT NOT NULL REFERENCES drafts,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    user TEXT NOT NULL REFERENCES people,
    delegation TEXT NOT NULL,
    at INTEGER NOT NULL,
    hash TEXT NOT NULL,
    report TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (draft, id)
  ) STRICT;
  `,
  `
  ALTER TABLE people ADD COLUMN email TEXT;
  ALTER TABLE links ADD COLUMN at INTEGER;
  ALTER TABLE links ADD COLUMN uses INTEGER;
  ALTER TABLE links ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
  UPDATE sessions SET seen = at;
  CREATE INDEX seats_of_person ON seats (person);
  CREATE INDEX links_of_person ON links (person);
  `,
  `
  CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES people,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    at INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    revoked INTEGER,
    seen INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tokens_of_person ON tokens (person);
  `,
  `
  CREATE TABLE audit (
    meeting TEXT NOT NULL REFERENCES meetings,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person TEXT,
    token TEXT,
    act TEXT NOT NULL,
    draft TEXT,
    log_seq INTEGER,
    log_hash TEXT,
    subject TEXT,
    details TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (meeting, seq)
  ) STRICT, WITHOUT ROWID;
  ${appendOnly('audit')}
  `,
  'ALTER TABLE people ADD COLUMN erased INTEGER;',
]

function appendOnly(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (verb) => `
  CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
  BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
  `,
    )
    .join('')
}
