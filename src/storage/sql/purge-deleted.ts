import { dropEvents } from './auth-events.ts'
import type { Tx } from './tx.ts'

interface Job {
  readonly pool_uid: string
  readonly kind: 'pool' | 'group' | 'user'
  readonly subject: string
  readonly created_at: number
  readonly due_at: number
}

const jobs = 'SELECT pool_uid, kind, subject, created_at, due_at FROM purge_job WHERE due_at <= ? ORDER BY due_at LIMIT 20'
const claim = 'UPDATE purge_job SET due_at = ? WHERE pool_uid = ? AND kind = ? AND subject = ? AND due_at = ?'
const putOff = 'UPDATE purge_job SET due_at = ? WHERE pool_uid = ? AND kind = ? AND subject = ?'

// Rows that a deletion did not count may be there all the same, when somebody else was removing the ones that it looked at. Clients stand
// for the rows of the directory, which go before them.
const end: Readonly<Record<Job['kind'], string>> = {
  pool: `DELETE FROM purge_job WHERE pool_uid = ? AND kind = 'pool' AND subject = ? AND NOT (
    EXISTS (SELECT 1 FROM app_client WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM pool_domain_name WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM login_name WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM user_search WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM credential WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM credential_history WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM pool_user WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM identity WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM group_member WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM user_group WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM resource_server WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM ui_customization WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM login_branding WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM branding_asset WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM terms WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM tally WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM code WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM attempt WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM quota WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM spent WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM revocation WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM challenge_state WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM refresh_family WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM authorization_code WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM device WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM passkey WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM user_session WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM auth_event WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM signing_key WHERE pool_uid = purge_job.pool_uid) OR
    EXISTS (SELECT 1 FROM data_key WHERE pool_uid = purge_job.pool_uid))`,
  group: `DELETE FROM purge_job WHERE pool_uid = ? AND kind = 'group' AND subject = ? AND NOT EXISTS
    (SELECT 1 FROM group_member WHERE pool_uid = purge_job.pool_uid AND group_uid = purge_job.subject)`,
  user: `DELETE FROM purge_job WHERE pool_uid = ? AND kind = 'user' AND subject = ? AND NOT EXISTS
    (SELECT 1 FROM auth_event WHERE pool_uid = purge_job.pool_uid AND user_id = purge_job.subject)`,
}

/** On engines that run writers side by side, a write that began before the deletion may leave a row after it: a last look so much later. */
const graceMs = 600_000

const clientNames = `DELETE FROM app_client_name WHERE (client_id, client_uid) IN
  (SELECT client_id, client_uid FROM app_client WHERE pool_uid = ? ORDER BY client_uid LIMIT ?)`
const clients = `DELETE FROM app_client WHERE (pool_uid, client_uid) IN
  (SELECT pool_uid, client_uid FROM app_client WHERE pool_uid = ? ORDER BY client_uid LIMIT ?) AND NOT EXISTS
  (SELECT 1 FROM app_client_name n WHERE n.client_id = app_client.client_id AND n.client_uid = app_client.client_uid)`

// The audit trail stays. In the order of a key, because PostgreSQL would else look at all rows of the pool, or of the table, for each chunk.
const ofPool: readonly string[] = [
  `DELETE FROM pool_domain_name WHERE (domain, pool_uid) IN
    (SELECT domain, pool_uid FROM pool_domain_name WHERE pool_uid = ? ORDER BY domain LIMIT ?)`,
  `DELETE FROM login_name WHERE (pool_uid, name_hash) IN
    (SELECT pool_uid, name_hash FROM login_name WHERE pool_uid = ? ORDER BY name_hash LIMIT ?)`,
  `DELETE FROM user_search WHERE (pool_uid, attribute, value, user_id) IN
    (SELECT pool_uid, attribute, value, user_id FROM user_search WHERE pool_uid = ? ORDER BY attribute, value, user_id LIMIT ?)`,
  `DELETE FROM credential WHERE (pool_uid, user_id) IN
    (SELECT pool_uid, user_id FROM credential WHERE pool_uid = ? ORDER BY user_id LIMIT ?)`,
  `DELETE FROM credential_history WHERE (pool_uid, user_id, user_version) IN
    (SELECT pool_uid, user_id, user_version FROM credential_history WHERE pool_uid = ? ORDER BY user_id, user_version LIMIT ?)`,
  `DELETE FROM pool_user WHERE (pool_uid, user_id) IN
    (SELECT pool_uid, user_id FROM pool_user WHERE pool_uid = ? ORDER BY user_id LIMIT ?)`,
  `DELETE FROM identity WHERE (pool_uid, provider, subject_hash) IN
    (SELECT pool_uid, provider, subject_hash FROM identity WHERE pool_uid = ? ORDER BY provider, subject_hash LIMIT ?)`,
  `DELETE FROM group_member WHERE (pool_uid, group_uid, user_id) IN
    (SELECT pool_uid, group_uid, user_id FROM group_member WHERE pool_uid = ? ORDER BY group_uid, user_id LIMIT ?)`,
  `DELETE FROM user_group WHERE (pool_uid, group_name) IN
    (SELECT pool_uid, group_name FROM user_group WHERE pool_uid = ? ORDER BY group_name LIMIT ?)`,
  `DELETE FROM resource_server WHERE (pool_uid, identifier) IN
    (SELECT pool_uid, identifier FROM resource_server WHERE pool_uid = ? ORDER BY identifier LIMIT ?)`,
  `DELETE FROM ui_customization WHERE (pool_uid, holder) IN
    (SELECT pool_uid, holder FROM ui_customization WHERE pool_uid = ? ORDER BY holder LIMIT ?)`,
  `DELETE FROM login_branding WHERE (pool_uid, client_uid) IN
    (SELECT pool_uid, client_uid FROM login_branding WHERE pool_uid = ? ORDER BY client_uid LIMIT ?)`,
  `DELETE FROM branding_asset WHERE (pool_uid, branding_id, slot, part) IN
    (SELECT pool_uid, branding_id, slot, part FROM branding_asset WHERE pool_uid = ? ORDER BY branding_id, slot, part LIMIT ?)`,
  `DELETE FROM terms WHERE (pool_uid, terms_id) IN
    (SELECT pool_uid, terms_id FROM terms WHERE pool_uid = ? ORDER BY terms_id LIMIT ?)`,
  `DELETE FROM tally WHERE (pool_uid, kind) IN
    (SELECT pool_uid, kind FROM tally WHERE pool_uid = ? ORDER BY kind LIMIT ?)`,
  `DELETE FROM code WHERE (pool_uid, user_id, purpose) IN
    (SELECT pool_uid, user_id, purpose FROM code WHERE pool_uid = ? ORDER BY user_id, purpose LIMIT ?)`,
  `DELETE FROM attempt WHERE (pool_uid, subject_hash) IN
    (SELECT pool_uid, subject_hash FROM attempt WHERE pool_uid = ? ORDER BY subject_hash LIMIT ?)`,
  `DELETE FROM quota WHERE (pool_uid, subject_hash) IN
    (SELECT pool_uid, subject_hash FROM quota WHERE pool_uid = ? ORDER BY subject_hash LIMIT ?)`,
  `DELETE FROM spent WHERE (pool_uid, token_hash) IN
    (SELECT pool_uid, token_hash FROM spent WHERE pool_uid = ? ORDER BY token_hash LIMIT ?)`,
  `DELETE FROM revocation WHERE (pool_uid, origin_id) IN
    (SELECT pool_uid, origin_id FROM revocation WHERE pool_uid = ? ORDER BY origin_id LIMIT ?)`,
  `DELETE FROM challenge_state WHERE (pool_uid, id) IN
    (SELECT pool_uid, id FROM challenge_state WHERE pool_uid = ? ORDER BY id LIMIT ?)`,
  `DELETE FROM refresh_family WHERE (pool_uid, family_id) IN
    (SELECT pool_uid, family_id FROM refresh_family WHERE pool_uid = ? ORDER BY family_id LIMIT ?)`,
  `DELETE FROM authorization_code WHERE (pool_uid, code_hash) IN
    (SELECT pool_uid, code_hash FROM authorization_code WHERE pool_uid = ? ORDER BY code_hash LIMIT ?)`,
  `DELETE FROM device WHERE (pool_uid, user_id, device_key) IN
    (SELECT pool_uid, user_id, device_key FROM device WHERE pool_uid = ? ORDER BY user_id, device_key LIMIT ?)`,
  `DELETE FROM passkey WHERE (pool_uid, user_id, credential_hash) IN
    (SELECT pool_uid, user_id, credential_hash FROM passkey WHERE pool_uid = ? ORDER BY user_id, credential_hash LIMIT ?)`,
  `DELETE FROM user_session WHERE (pool_uid, user_id, session_id) IN
    (SELECT pool_uid, user_id, session_id FROM user_session WHERE pool_uid = ? ORDER BY user_id, session_id LIMIT ?)`,
  `DELETE FROM auth_event WHERE (pool_uid, user_id, event_id) IN
    (SELECT pool_uid, user_id, event_id FROM auth_event WHERE pool_uid = ? ORDER BY user_id, event_id LIMIT ?)`,
  `DELETE FROM signing_key WHERE (pool_uid, key_use, ordinal) IN
    (SELECT pool_uid, key_use, ordinal FROM signing_key WHERE pool_uid = ? ORDER BY key_use, ordinal LIMIT ?)`,
  `DELETE FROM data_key WHERE (pool_uid, purpose, ordinal) IN
    (SELECT pool_uid, purpose, ordinal FROM data_key WHERE pool_uid = ? ORDER BY purpose, ordinal LIMIT ?)`,
]

const ofGroup = `DELETE FROM group_member WHERE (pool_uid, group_uid, user_id) IN
  (SELECT pool_uid, group_uid, user_id FROM group_member WHERE pool_uid = ? AND group_uid = ? ORDER BY user_id LIMIT ?)`

const purgePool = async (tx: Tx, poolUid: string, limit: number): Promise<number> => {
  // Both statements look at the first clients, mostly the same ones: a client goes once its row of the directory has gone.
  const half = Math.ceil(limit / 2)
  let removed = (await tx.run(clientNames, poolUid, half)) + (await tx.run(clients, poolUid, half))
  for (const statement of ofPool) {
    if (removed >= limit) return removed
    removed += await tx.run(statement, poolUid, limit - removed)
  }
  return removed
}

const purgeJob = (tx: Tx, { pool_uid, kind, subject }: Job, limit: number): number | Promise<number> => {
  if (kind === 'pool') return purgePool(tx, pool_uid, limit)
  return kind === 'group' ? tx.run(ofGroup, pool_uid, subject, limit) : dropEvents(tx, pool_uid, subject, limit)
}

const closeJob = async (tx: Tx, { pool_uid, kind, subject, created_at }: Job, now: number): Promise<void> => {
  const lastLook = created_at + graceMs
  if (lastLook <= now) await tx.run(end[kind], pool_uid, subject)
  else await tx.run(putOff, lastLook, pool_uid, kind, subject)
}

/**
 * On engines that run writers side by side, the others wait here until this transaction has ended, and then mostly leave the job alone:
 * two that looked at the same rows would each take them for the last ones.
 */
const claimJob = async (tx: Tx, { pool_uid, kind, subject, due_at }: Job, now: number): Promise<boolean> =>
  (await tx.run(claim, now, pool_uid, kind, subject, due_at)) > 0

/** The same order for all, whatever the others have put off meanwhile, so that no two wait for each other. */
const inOrder = (found: readonly Job[]): Job[] => {
  const keyOf = ({ pool_uid, kind, subject }: Job) => `${pool_uid} ${kind} ${subject}`
  return found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** Removes up to `limit` rows of deleted pools, groups and users; answers how many. */
export const purgeDeleted = async (tx: Tx, now: number, limit: number): Promise<number> => {
  let removed = 0
  for (const job of inOrder(await tx.all<Job>(jobs, now))) {
    if (removed >= limit) return removed
    if (!(await claimJob(tx, job, now))) continue
    const count = await purgeJob(tx, job, limit - removed)
    if (count === 0) await closeJob(tx, job, now)
    removed += count
  }
  return removed
}
