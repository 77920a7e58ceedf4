-- What a household's document says beyond the rows of accounts, assets and liabilities: its name, currency and date,
-- people, income, spending, goals and assumptions.
CREATE TABLE households (
  id TEXT PRIMARY KEY NOT NULL
    CONSTRAINT households_id_check CHECK (id GLOB '????????-????-????-????-????????????'
      AND length(replace(id, '-', '')) = 32 AND replace(id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  user_id TEXT NOT NULL UNIQUE REFERENCES users(id) ON DELETE CASCADE
    CONSTRAINT households_user_id_check CHECK (user_id GLOB '????????-????-????-????-????????????'
      AND length(replace(user_id, '-', '')) = 32 AND replace(user_id, '-', '') NOT GLOB '*[^0-9a-f]*'),
  document TEXT NOT NULL
    CONSTRAINT households_document_check CHECK (json_valid(document)),
  created_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT households_created_at_check CHECK (created_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(created_at, 1, 19)) IS substr(created_at, 1, 19) AND created_at >= '0001'),
  updated_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
    CONSTRAINT households_updated_at_check CHECK (updated_at GLOB '????-??-??T??:??:??.[0-9][0-9][0-9][0-9][0-9][0-9]Z'
      AND strftime('%Y-%m-%dT%H:%M:%S', substr(updated_at, 1, 19)) IS substr(updated_at, 1, 19) AND updated_at >= '0001')
) STRICT;
