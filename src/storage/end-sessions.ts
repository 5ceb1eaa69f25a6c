import type { KeyPurpose } from '../keys/keyring.ts'
import type { By, Store } from './store.ts'

const chunk = 100
/** Rows of sessions that go at once (portable-sql: no transaction touches more). */
const mostRows = 500

/** What is sealed under a key of each purpose, and with it the key: what people are in the middle of ends, what they own stays. */
const fate: Readonly<Record<KeyPurpose, 'ends' | 'stays'>> = {
  refresh: 'ends',
  sessions: 'ends',
  'origin-ids': 'ends',
  codes: 'ends',
  verifiers: 'stays',
  totp: 'stays',
  secrets: 'stays',
  'signing-keys': 'stays',
  'access-keys': 'stays',
  operators: 'stays',
  // Who does not exist looks the same as before.
  'fake-salts': 'stays',
  // They name a place in a list, and give nobody anything.
  pages: 'stays',
}
const ended: ReadonlySet<string> = new Set(Object.entries(fate).flatMap(([purpose, is]) => (is === 'ends' ? [purpose] : [])))

const epoch = 'epoch'

const removeKeys = async (store: Store, by: By): Promise<void> => {
  let after: string | undefined
  do {
    const page = await store.dataKeys.list({ after, limit: chunk })
    const ids = page.rows.filter(({ purpose }) => ended.has(purpose)).map(({ id }) => id)
    if (ids.length > 0) await store.dataKeys.remove(by, ids)
    after = page.next
  } while (after !== undefined)
}

// A link that was used after the backup would be good again.
const voidInvitations = async (store: Store, by: By): Promise<void> => {
  let after: string | undefined
  do {
    const page = await store.operators.list({ after, limit: chunk })
    for (const account of page.rows) if (account.setUp !== undefined) await store.operators.save(by, { ...account, setUp: undefined })
    after = page.next
  } while (after !== undefined)
}

/**
 * Begins a new epoch of the store: refresh tokens, challenge sessions, sign-ins, access tokens as far as the server is asked about them,
 * codes and links that were made before are refused for ever, because the keys that open them are gone; new ones are made at first need.
 * No server may run on the store meanwhile. May be run again after an interruption. Answers the epoch's number.
 */
export const endSessions = async (store: Store, by: By): Promise<number> => {
  await removeKeys(store, by)
  while ((await store.maintenance.dropSessions(by, mostRows)) > 0);
  await voidInvitations(store, by)
  const next = Number((await store.meta.get(epoch)) ?? 0) + 1
  await store.meta.set(by, epoch, String(next))
  return next
}
