import type { Compute } from '../compute/compute.ts'
import { privateKey } from '../crypto/srp.ts'
import { type LoadStretch, type LoadStyle, loadedPassword, loadStyle } from '../domain/loaded-user.ts'
import type { Credential } from '../domain/user.ts'
import { poolName, type UserPool } from '../domain/user-pool.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { Random } from '../random.ts'
import { type LoadPass, loadPasses, loadPassNames } from './load-passes.ts'
import { StorageError } from './storage-error.ts'
import type { By, Store } from './store.ts'

/** Into which pool users are loaded, how many, and how. */
export interface LoadOptions {
  readonly store: Store
  readonly keyring: Keyring
  readonly compute: Compute
  readonly random: Random
  readonly by: By
  readonly pool: UserPool
  /** How many the pool shall have; those that an earlier load made are among them. */
  readonly users: number
  /** Users whose number it divides get the password, each for one modular exponentiation. An earlier load's counts if it is larger. */
  readonly step: number
  /** How many groups take users in; none unless said. */
  readonly groups?: number
  readonly groupUid?: (name: string) => string
  /** Other users than those of `poolhouse load`. */
  readonly style?: LoadStyle
  /** Rows in one transaction, and whether the parts of one table go side by side, for engines that have more than one writer. */
  readonly rowsAtOnce: number
  readonly sideBySide?: boolean
  readonly progress?: (progress: { readonly done: number; readonly total: number; readonly users: number }) => void
}

interface Verifier {
  /** Hexadecimal. */
  readonly salt: string
  readonly verifier: Uint8Array
}

/** Verifiers that are lent to users who can't sign in. */
const mostLent = 1000

const lanesAtOnce = 4

/**
 * Makes credentials. A verifier binds the user's name (SRP), so that no two users can share one that opens: those of the step get their own,
 * the others one of these 1,000, sealed for them, under which no password is right.
 */
const credentialMaker = ({ keyring, compute, random, by, pool, style = loadStyle }: LoadOptions, step: number) => {
  const lent: Verifier[] = []
  const make = async (username: string, secret: string) => {
    const salt = random.bytes(16)
    const verifier = await compute.generatorPower(privateKey(poolName(pool.Id), username, secret, salt))
    return { salt: Buffer.from(salt).toString('hex'), verifier }
  }
  const nobody = make('nobody', random.uuid())
  const verifierOf = async (index: number) => {
    if (index % step !== 0) return lent[index % mostLent] ?? nobody
    const own = await make(style.nameOf(index), loadedPassword)
    lent[(index / step) % mostLent] = own
    return own
  }
  return async (users: readonly { readonly index: number; readonly id: string }[]): Promise<readonly Credential[]> => {
    const verifiers: Verifier[] = []
    for (const { index } of users) verifiers.push(await verifierOf(index))
    const values = users.map(({ id }, at) => ({ entity: id, plain: verifiers[at]?.verifier ?? new Uint8Array() }))
    const sealed = await keyring.sealAll('verifiers', pool.uid, values)
    return sealed.map((sealedVerifier, at) => ({ scheme: 'srp', salt: verifiers[at]?.salt ?? '', sealedVerifier, setAt: by.at }))
  }
}

const overtaken = () => new StorageError('Another load into the pool is at work, or the pool was deleted: nothing more is written here.')

const taken = async (store: Store, pool: UserPool, id: string | undefined) => {
  const name = id === undefined ? undefined : (await store.users.byId(pool.uid, id))?.username
  const who = name === undefined ? 'Somebody' : `The user ${name}`
  return new StorageError(
    `${who} in the pool ${pool.Id}, whom no load made, has a name that a user of this load is to get. Delete that user and load again, or load into another pool.`,
  )
}

/** Makes the next rows while the ones before are written. */
const runPass = async ({ store, by, pool, rowsAtOnce }: LoadOptions, pass: LoadPass, begin: number, wrote: (rows: number) => void) => {
  let writing: Promise<void> = Promise.resolve()
  for (let from = begin; from < pass.total; from += rowsAtOnce) {
    const to = Math.min(pass.total, from + rowsAtOnce)
    const rest = await pass.rows(from, to - from)
    await writing
    const { name, table, lead } = pass
    writing = store.loads.put(by, { poolUid: pool.uid, pass: name, from, to, table, lead, rest }).then(async (outcome) => {
      if (outcome === 'overtaken') throw overtaken()
      if (outcome !== 'put') throw await taken(store, pool, outcome.takenBy)
      wrote(to - from)
    })
    writing.catch(() => undefined)
  }
  await writing
}

/** Users become visible with their rows in `pool_user`, so these are written when all others are there: nobody is ever half made. */
const runStretch = async (options: LoadOptions, stretch: LoadStretch, done: Readonly<Record<string, number>>): Promise<void> => {
  const { pool, by, style = loadStyle, groupUid = () => '', sideBySide = false, progress } = options
  const credentials = credentialMaker(options, stretch.step)
  const { first, last } = loadPasses({ pool, stretch, at: by.at, style, groupUid, credentials })
  const all = [...first.flat(), last]
  const total = all.reduce((sum, pass) => sum + pass.total, 0)
  let rows = all.reduce((sum, pass) => sum + (done[pass.name] ?? 0), 0)
  let failure: { readonly error: unknown } | undefined
  const wrote = (more: number): void => {
    rows += more
    progress?.({ done: rows, total, users: stretch.to - stretch.from })
    if (failure !== undefined) throw failure.error
  }
  const queue = sideBySide ? first.flat().map((pass) => [pass]) : [...first]
  const work = async () => {
    for (let lane = queue.shift(); lane !== undefined; lane = queue.shift()) {
      for (const pass of lane) await runPass(options, pass, done[pass.name] ?? 0, wrote)
    }
  }
  const worked = Array.from({ length: lanesAtOnce }, () =>
    work().catch((error: unknown) => {
      failure ??= { error }
      queue.length = 0
    }),
  )
  await Promise.all(worked)
  if (failure !== undefined) throw failure.error
  await runPass(options, last, done[last.name] ?? 0, wrote)
}

/**
 * Brings a pool to so many users, as quickly as the store takes rows: table by table in the order of keys. How far it is stands beside the
 * rows, so that after an interruption the same call goes on. Answers how many were added. Throws a StorageError when another load is
 * at work, the pool is deleted or somebody else has a name that a user is to get.
 */
export const loadUsers = async (options: LoadOptions): Promise<number> => {
  const { store, pool, by, random } = options
  let added = 0
  for (;;) {
    const state = await store.loads.find(pool.uid)
    if (state?.under !== undefined) {
      const { stretch, passes } = state.under
      await runStretch(options, stretch, passes)
      await store.loads.end(by, pool.uid)
      added += stretch.to - stretch.from
      continue
    }
    const from = state?.users ?? 0
    if (from >= options.users) return added
    const stretch = {
      from,
      to: options.users,
      seed: random.below(2 ** 32),
      step: Math.max(options.step, state?.step ?? 0),
      groups: options.groups ?? 0,
    }
    if ((await store.loads.begin(by, pool.uid, stretch, loadPassNames)) === 'gone') throw overtaken()
  }
}
