/**
 * The schema as numbered steps, forward only: the first one has number 1, released ones never change, new ones go to the end. Each
 * is one additive statement that may run twice. The first key column is the pool's uid, so that the rows of one pool lie together.
 * TEXT compares by its UTF-8 bytes. `clustered` asks an engine that can to keep the (small) rows in the primary key's own tree.
 */
export const migrations: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS meta (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name)) /* clustered */',

  `CREATE TABLE IF NOT EXISTS lease (
    name TEXT NOT NULL, owner TEXT NOT NULL, expires_at BIGINT NOT NULL, fencing BIGINT NOT NULL, PRIMARY KEY (name)
  ) /* clustered */`,

  `CREATE TABLE IF NOT EXISTS user_pool (
    pool_uid TEXT NOT NULL, pool_id TEXT NOT NULL, region TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid)
  )`,

  `CREATE TABLE IF NOT EXISTS user_pool_name (
    pool_id TEXT NOT NULL, pool_uid TEXT NOT NULL, region TEXT NOT NULL, PRIMARY KEY (pool_id)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS user_pool_name_by_region ON user_pool_name (region, pool_id)',

  `CREATE TABLE IF NOT EXISTS app_client (
    pool_uid TEXT NOT NULL, client_uid TEXT NOT NULL, client_id TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, client_uid)
  )`,
  `CREATE TABLE IF NOT EXISTS app_client_name (
    client_id TEXT NOT NULL, client_uid TEXT NOT NULL, pool_uid TEXT NOT NULL, PRIMARY KEY (client_id)
  ) /* clustered */`,

  `CREATE TABLE IF NOT EXISTS resource_server (
    pool_uid TEXT NOT NULL, identifier TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, identifier)
  )`,

  `CREATE TABLE IF NOT EXISTS user_group (
    pool_uid TEXT NOT NULL, group_name TEXT NOT NULL, group_uid TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, group_name)
  )`,
  `CREATE TABLE IF NOT EXISTS group_member (
    pool_uid TEXT NOT NULL, group_uid TEXT NOT NULL, user_id TEXT NOT NULL, group_name TEXT NOT NULL,
    PRIMARY KEY (pool_uid, group_uid, user_id)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS group_member_by_user ON group_member (pool_uid, user_id, group_name, group_uid)',

  'CREATE TABLE IF NOT EXISTS tally (pool_uid TEXT NOT NULL, kind TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (pool_uid, kind)) /* clustered */',

  // `owned` is the user's own list of rows in login_name and user_search (owned.ts): no index by user is needed there.
  `CREATE TABLE IF NOT EXISTS pool_user (
    pool_uid TEXT NOT NULL, user_id TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, owned TEXT NOT NULL, PRIMARY KEY (pool_uid, user_id)
  )`,
  `CREATE TABLE IF NOT EXISTS login_name (
    pool_uid TEXT NOT NULL, name_hash TEXT NOT NULL, user_id TEXT NOT NULL, PRIMARY KEY (pool_uid, name_hash)
  ) /* clustered */`,
  `CREATE TABLE IF NOT EXISTS user_search (
    pool_uid TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL, user_id TEXT NOT NULL, value_hash TEXT NOT NULL,
    PRIMARY KEY (pool_uid, attribute, value, user_id)
  ) /* clustered */`,
  `CREATE TABLE IF NOT EXISTS identity (
    pool_uid TEXT NOT NULL, provider TEXT NOT NULL, subject_hash TEXT NOT NULL, user_id TEXT NOT NULL,
    PRIMARY KEY (pool_uid, provider, subject_hash)
  ) /* clustered */`,

  'CREATE TABLE IF NOT EXISTS credential (pool_uid TEXT NOT NULL, user_id TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, user_id))',
  `CREATE TABLE IF NOT EXISTS credential_history (
    pool_uid TEXT NOT NULL, user_id TEXT NOT NULL, user_version BIGINT NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (pool_uid, user_id, user_version)
  )`,

  `CREATE TABLE IF NOT EXISTS code (
    pool_uid TEXT NOT NULL, user_id TEXT NOT NULL, purpose TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL,
    target_attribute TEXT, target_value TEXT, guesses BIGINT NOT NULL, bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_uid, user_id, purpose)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS code_by_expiry ON code (bucket, expires_at)',

  `CREATE TABLE IF NOT EXISTS attempt (
    pool_uid TEXT NOT NULL, subject_hash TEXT NOT NULL, failures BIGINT NOT NULL, last_at BIGINT NOT NULL,
    bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (pool_uid, subject_hash)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS attempt_by_expiry ON attempt (bucket, expires_at)',

  `CREATE TABLE IF NOT EXISTS quota (
    pool_uid TEXT NOT NULL, subject_hash TEXT NOT NULL, used BIGINT NOT NULL,
    bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (pool_uid, subject_hash)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS quota_by_expiry ON quota (bucket, expires_at)',

  `CREATE TABLE IF NOT EXISTS spent (
    pool_uid TEXT NOT NULL, token_hash TEXT NOT NULL, bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_uid, token_hash)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS spent_by_expiry ON spent (bucket, expires_at)',

  `CREATE TABLE IF NOT EXISTS revocation (
    pool_uid TEXT NOT NULL, origin_id TEXT NOT NULL, bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_uid, origin_id)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS revocation_by_expiry ON revocation (bucket, expires_at)',

  // `ordinal` is 0: the place where a later key of the same purpose will stand.
  `CREATE TABLE IF NOT EXISTS data_key (
    pool_uid TEXT NOT NULL, purpose TEXT NOT NULL, ordinal BIGINT NOT NULL, id TEXT NOT NULL,
    master_key_id TEXT NOT NULL, wrapped TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (pool_uid, purpose, ordinal)
  ) /* clustered */`,
  'CREATE UNIQUE INDEX IF NOT EXISTS data_key_by_id ON data_key (id)',

  `CREATE TABLE IF NOT EXISTS signing_key (
    pool_uid TEXT NOT NULL, key_use TEXT NOT NULL, ordinal BIGINT NOT NULL, kid TEXT NOT NULL, public_jwk TEXT NOT NULL,
    sealed_private TEXT NOT NULL, active_from BIGINT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (pool_uid, key_use, ordinal)
  )`,

  `CREATE TABLE IF NOT EXISTS access_key (
    id TEXT NOT NULL, user_name TEXT NOT NULL, sealed_secret TEXT NOT NULL, policy TEXT NOT NULL, enabled BIGINT NOT NULL,
    created_at BIGINT NOT NULL, PRIMARY KEY (id)
  )`,

  `CREATE TABLE IF NOT EXISTS audit (
    pool_uid TEXT NOT NULL, bucket BIGINT NOT NULL, written_at BIGINT NOT NULL, id TEXT NOT NULL, actor TEXT NOT NULL, ip TEXT,
    request_id TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL,
    PRIMARY KEY (pool_uid, bucket, written_at, id)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS audit_by_age ON audit (bucket, written_at)',

  `CREATE TABLE IF NOT EXISTS purge_job (
    pool_uid TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, created_at BIGINT NOT NULL, due_at BIGINT NOT NULL,
    PRIMARY KEY (pool_uid, kind, subject)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS purge_job_by_due ON purge_job (due_at)',

  `CREATE TABLE IF NOT EXISTS challenge_state (
    pool_uid TEXT NOT NULL, id TEXT NOT NULL, sealed TEXT NOT NULL, bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL,
    PRIMARY KEY (pool_uid, id)
  )`,
  'CREATE INDEX IF NOT EXISTS challenge_state_by_expiry ON challenge_state (bucket, expires_at)',

  // `serial` is the newest token's; the one before it was used at `rotated_at`.
  `CREATE TABLE IF NOT EXISTS refresh_family (
    pool_uid TEXT NOT NULL, family_id TEXT NOT NULL, serial BIGINT NOT NULL, rotated_at BIGINT NOT NULL,
    bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (pool_uid, family_id)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS refresh_family_by_expiry ON refresh_family (bucket, expires_at)',

  `CREATE TABLE IF NOT EXISTS device (
    pool_uid TEXT NOT NULL, user_id TEXT NOT NULL, device_key TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, user_id, device_key)
  )`,

  `CREATE TABLE IF NOT EXISTS passkey (
    pool_uid TEXT NOT NULL, user_id TEXT NOT NULL, credential_hash TEXT NOT NULL, counter BIGINT NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (pool_uid, user_id, credential_hash)
  )`,

  `CREATE TABLE IF NOT EXISTS user_session (
    pool_uid TEXT NOT NULL, user_id TEXT NOT NULL, session_id TEXT NOT NULL, doc TEXT NOT NULL, last_used_at BIGINT NOT NULL,
    bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (pool_uid, user_id, session_id)
  )`,
  'CREATE INDEX IF NOT EXISTS user_session_by_expiry ON user_session (bucket, expires_at)',

  `CREATE TABLE IF NOT EXISTS auth_event (
    pool_uid TEXT NOT NULL, user_id TEXT NOT NULL, event_id TEXT NOT NULL, created_at BIGINT NOT NULL, bucket BIGINT NOT NULL,
    doc TEXT NOT NULL, PRIMARY KEY (pool_uid, user_id, event_id)
  )`,
  'CREATE INDEX IF NOT EXISTS auth_event_by_time ON auth_event (pool_uid, user_id, created_at, event_id)',
  'CREATE INDEX IF NOT EXISTS auth_event_by_age ON auth_event (bucket, created_at)',

  'CREATE TABLE IF NOT EXISTS ui_customization (pool_uid TEXT NOT NULL, holder TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, holder))',

  `CREATE TABLE IF NOT EXISTS login_branding (
    pool_uid TEXT NOT NULL, client_uid TEXT NOT NULL, branding_id TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, client_uid)
  )`,
  'CREATE UNIQUE INDEX IF NOT EXISTS login_branding_by_id ON login_branding (pool_uid, branding_id)',
  // An image is cut into parts, because columns of some engines end at 1 MiB.
  `CREATE TABLE IF NOT EXISTS branding_asset (
    pool_uid TEXT NOT NULL, branding_id TEXT NOT NULL, slot TEXT NOT NULL, part BIGINT NOT NULL, doc TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (pool_uid, branding_id, slot, part)
  )`,

  `CREATE TABLE IF NOT EXISTS terms (
    pool_uid TEXT NOT NULL, terms_id TEXT NOT NULL, client_uid TEXT NOT NULL, name TEXT NOT NULL,
    version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (pool_uid, terms_id)
  )`,
  'CREATE UNIQUE INDEX IF NOT EXISTS terms_by_name ON terms (pool_uid, client_uid, name)',

  `CREATE TABLE IF NOT EXISTS pool_domain_name (
    domain TEXT NOT NULL, domain_uid TEXT NOT NULL, pool_uid TEXT NOT NULL, PRIMARY KEY (domain)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS pool_domain_name_by_pool ON pool_domain_name (pool_uid, domain)',

  // `granted_until` is there once the code was redeemed: when the last refresh token that it gave will be over.
  `CREATE TABLE IF NOT EXISTS authorization_code (
    pool_uid TEXT NOT NULL, code_hash TEXT NOT NULL, sealed TEXT NOT NULL, granted_until BIGINT,
    bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (pool_uid, code_hash)
  )`,
  'CREATE INDEX IF NOT EXISTS authorization_code_by_expiry ON authorization_code (bucket, expires_at)',

  'CREATE TABLE IF NOT EXISTS operator (name TEXT NOT NULL, version BIGINT NOT NULL, doc_schema BIGINT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (name))',
  `CREATE TABLE IF NOT EXISTS operator_session (
    session_hash TEXT NOT NULL, name TEXT NOT NULL, uid TEXT NOT NULL, generation BIGINT NOT NULL, created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL, bucket BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (session_hash)
  ) /* clustered */`,
  'CREATE INDEX IF NOT EXISTS operator_session_by_expiry ON operator_session (bucket, expires_at)',
]

/**
 * The oldest schema number whose servers may run on data of this one: during an upgrade they work beside this version's and come back when
 * they are started anew. Raised when a step, or what is written, takes something away that they need.
 */
export const usableFrom = 60
