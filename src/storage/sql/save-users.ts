import type { LoginName } from '../../domain/user.ts'
import type { By, UserChange } from '../store.ts'
import { dropCodes, putCode, spendCode } from './codes.ts'
import { dropCredentials, replaceCredential } from './credentials.ts'
import { leaveAudit } from './leave-audit.ts'
import { claimNames, releaseNames } from './login-names.ts'
import { heldNames, type Owned } from './owned.ts'
import { docSchema } from './record.ts'
import { replaceEntries } from './search-entries.ts'
import type { Tx } from './tx.ts'
import { type Undo, undo } from './undo.ts'

const readOwned = 'SELECT owned FROM pool_user WHERE pool_uid = ? AND user_id = ? AND version = ?'
const saveDoc = 'UPDATE pool_user SET version = ?, doc_schema = ?, doc = ? WHERE pool_uid = ? AND user_id = ? AND version = ?'
const saveAll = `UPDATE pool_user SET version = ?, doc_schema = ?, doc = ?, owned = ?
  WHERE pool_uid = ? AND user_id = ? AND version = ?`

/** What the user held before and holds after the change; both are unknown, and equal, when it does not touch names and entries. */
interface Step {
  readonly change: UserChange
  readonly before?: Owned
  readonly after?: Owned
}

const saveUser = async (tx: Tx, change: UserChange): Promise<Step | undefined> => {
  const { user, claim, release, search } = change
  const next = JSON.stringify({ ...user, version: user.version + 1 })
  const key = [user.poolUid, user.id, user.version]
  if (claim === undefined && release === undefined && search === undefined) {
    return (await tx.run(saveDoc, user.version + 1, docSchema, next, ...key)) ? { change } : undefined
  }
  const row = await tx.get<{ owned: string }>(readOwned, ...key)
  if (row === undefined) return undefined
  const before = JSON.parse(row.owned) as Owned
  const after: Owned = { names: heldNames(before.names, release, claim), search: search ?? before.search }
  const saved = await tx.run(saveAll, user.version + 1, docSchema, next, JSON.stringify(after), ...key)
  return saved ? { change, before, after } : undefined
}

const moveNames = async (tx: Tx, steps: readonly Step[]): Promise<LoginName | undefined> => {
  for (const { change, before, after } of steps) {
    const dropped = Object.keys(before?.names ?? {}).filter((hash) => after?.names[hash] === undefined)
    await releaseNames(tx, change.user.poolUid, change.user.id, dropped)
  }
  for (const { change } of steps) {
    const taken = await claimNames(tx, change.user.poolUid, change.user.id, change.claim ?? [])
    if (taken) return taken
  }
  return undefined
}

const saveRest = async (tx: Tx, by: By, { change, before, after }: Step): Promise<void> => {
  const { user, credential, dropCodes: voided = [] } = change
  if (before && after) await replaceEntries(tx, user.poolUid, user.id, before.search, after.search)
  if (change.dropCredential) await dropCredentials(tx, user.poolUid, user.id)
  if (credential) await replaceCredential(tx, user, credential)
  for (const purpose of voided) await dropCodes(tx, user.poolUid, user.id, purpose)
  if (change.putCode) await putCode(tx, change.putCode)
  await leaveAudit(tx, by, user.poolUid, user.id, 'saved')
}

/** Saves all changes or none; one audit row for each user. */
export const saveUsers = async (
  tx: Tx,
  by: By,
  ...changes: readonly UserChange[]
): Promise<'saved' | Undo<'version conflict' | 'code spent' | { readonly taken: LoginName }>> => {
  const steps: Step[] = []
  for (const change of changes) {
    const step = await saveUser(tx, change)
    if (step === undefined) return undo('version conflict')
    steps.push(step)
  }
  for (const { user, spendCode: code } of changes) {
    if (code && !(await spendCode(tx, user.poolUid, user.id, code))) return undo('code spent')
  }
  const taken = await moveNames(tx, steps)
  if (taken) return undo({ taken })
  for (const step of steps) await saveRest(tx, by, step)
  return 'saved'
}
