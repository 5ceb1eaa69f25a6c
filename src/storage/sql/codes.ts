import type { Code, CodePurpose } from '../../domain/code.ts'
import { bucketOf } from './digest.ts'
import { leaveAudit } from './leave-audit.ts'
import type { Tx } from './tx.ts'
import type { VerbsOf } from './verb.ts'

const put = `INSERT INTO code (pool_uid, user_id, purpose, id, hash, target_attribute, target_value, guesses, bucket, expires_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
  ON CONFLICT (pool_uid, user_id, purpose) DO UPDATE SET id = excluded.id, hash = excluded.hash,
    target_attribute = excluded.target_attribute, target_value = excluded.target_value, guesses = 0, expires_at = excluded.expires_at`
const charge = `UPDATE code SET guesses = guesses + 1 WHERE pool_uid = ? AND user_id = ? AND purpose = ? AND guesses < ?
  RETURNING id, hash, target_attribute, target_value, expires_at`
const exists = 'SELECT id FROM code WHERE pool_uid = ? AND user_id = ? AND purpose = ?'
const spend = 'DELETE FROM code WHERE pool_uid = ? AND user_id = ? AND purpose = ? AND id = ?'
const drop = 'DELETE FROM code WHERE pool_uid = ? AND user_id = ? AND purpose = ?'
const dropAll = 'DELETE FROM code WHERE pool_uid = ? AND user_id = ?'

interface CodeRow {
  id: string
  hash: string
  target_attribute: 'email' | 'phone_number' | null
  target_value: string | null
  expires_at: number
}

/** Replaces the live code of the same user and purpose, guesses and all. */
export const putCode = async (tx: Tx, { poolUid, userId, purpose, id, hash, target, expiresAt }: Code): Promise<void> => {
  const bucket = bucketOf(userId)
  await tx.run(put, poolUid, userId, purpose, id, hash, target?.attribute ?? null, target?.value ?? null, bucket, expiresAt)
}

/** Uses a code up; false when it is not there any more. */
export const spendCode = async (tx: Tx, poolUid: string, userId: string, code: { readonly purpose: CodePurpose; readonly id: string }) =>
  (await tx.run(spend, poolUid, userId, code.purpose, code.id)) > 0

/** Makes the user's code for a purpose void, or all of them. */
export const dropCodes = async (tx: Tx, poolUid: string, userId: string, purpose?: CodePurpose): Promise<void> => {
  if (purpose === undefined) await tx.run(dropAll, poolUid, userId)
  else await tx.run(drop, poolUid, userId, purpose)
}

/** One-time codes. */
export const codeVerbs: VerbsOf<'codes'> = {
  put: {
    kind: 'write',
    run: async (tx, by, code) => {
      await putCode(tx, code)
      await leaveAudit(tx, by, code.poolUid, code.userId, `code put: ${code.purpose}`)
    },
  },

  charge: {
    kind: 'write',
    run: async (tx, by, { poolUid, userId, purpose }, maxGuesses) => {
      const row = await tx.get<CodeRow>(charge, poolUid, userId, purpose, maxGuesses)
      if (row === undefined) return (await tx.get(exists, poolUid, userId, purpose)) ? 'exhausted' : 'none'
      await leaveAudit(tx, by, poolUid, userId, `code charged: ${purpose}`)
      const code = { poolUid, userId, purpose, id: row.id, hash: row.hash, expiresAt: row.expires_at }
      if (row.target_attribute === null || row.target_value === null) return code
      return { ...code, target: { attribute: row.target_attribute, value: row.target_value } }
    },
  },
}
