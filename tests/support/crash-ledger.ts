import type { OperationName } from '../../src/model/types.gen.ts'
import { callApi } from './call-api.ts'

/** A user as a client knows it that was told of every change; several values where an answer is still missing. */
interface Entry {
  readonly name: string
  exists: readonly boolean[]
  confirmed: readonly boolean[]
  nickname: readonly string[]
  email: readonly string[]
  isMember: readonly boolean[]
  /** Tokens that must never be good again. */
  readonly dead: string[]
  live: string | undefined
}

/** What a client was told, and whether the server stands by it. */
export interface CrashLedger {
  /** Changes that were acknowledged. */
  acknowledged(): number
  /** Answers with a fault of the server (5xx), and connections that ended without an answer, while a client worked through them. */
  faults(): number
  /** The longest that a client waited for any answer, ms. */
  longestWait(): number
  /** Makes changes one after another in several lines until the server is gone. */
  work(): Promise<void>
  /**
   * The same through whatever fails, until the promise is settled. `isSplit`: of two primaries beside each other, so that a node which has not
   * noticed yet may refuse what it does not know; a refusal is a fault then.
   */
  workThrough(until: Promise<unknown>, how?: { readonly isSplit: boolean }): Promise<void>
  /** Compares everything that was touched since the last time, or everything, with what the server says; answers what is wrong. */
  check(scope: 'touched' | 'all'): Promise<string[]>
}

/** What the client needs of the server. */
export interface LedgerPool {
  /** Where the n-th call goes. */
  readonly url: (n: number) => string
  readonly UserPoolId: string
  readonly ClientId: string
  /** The code of every message. */
  readonly code: string
  /** 0 <= n < below */
  readonly below: (below: number) => number
}

const password = 'Correct-Horse-7'
const group = 'readers'
const lines = 6

type Call = (operation: OperationName, input: Record<string, unknown>) => Promise<unknown>

const isAnswer = (error: unknown): error is Error => error instanceof Error && /^\w+: \{/.test(error.message)

/** Whether an answer leaves open what became of the change. */
const isFault = (error: unknown): boolean => !isAnswer(error) || /"__type":"Internal\w+"/.test(error.message)

const isSettled = ({ exists, confirmed, nickname, email, isMember }: Entry): boolean =>
  [exists, confirmed, nickname, email, isMember].every(({ length }) => length === 1)

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A ledger of one pool, whose group `readers` and client are there. */
export const createCrashLedger = ({ url, UserPoolId, ClientId, code, below }: LedgerPool): CrashLedger => {
  const entries: Entry[][] = Array.from({ length: lines }, () => [])
  const touched = new Set<Entry>()
  let count = 0
  let made = 0
  let faults = 0
  let longest = 0
  let turn = 0

  const call: Call = async (operation, input) => {
    const began = performance.now()
    turn += 1
    try {
      return await callApi(url(turn), operation, input as never)
    } finally {
      longest = Math.max(longest, performance.now() - began)
    }
  }

  /** Undefined for what the server refuses. */
  const ask: Call = async (operation, input) =>
    call(operation, input).catch((error: unknown) => {
      if (!isFault(error)) return undefined
      throw error
    })

  /** Notes that a value may be either, makes the change, and notes that it is the new one. */
  const change = async <K extends 'exists' | 'confirmed' | 'nickname' | 'email' | 'isMember'>(
    entry: Entry,
    key: K,
    value: Entry[K][number],
    work: () => Promise<unknown>,
  ): Promise<void> => {
    touched.add(entry)
    const values = entry as { -readonly [P in K]: readonly unknown[] }
    values[key] = [...entry[key], value]
    await work()
    values[key] = [value]
    count += 1
  }

  const attribute = (entry: Entry, attributes: Readonly<Record<string, string>>) =>
    call('AdminUpdateUserAttributes', {
      UserPoolId,
      Username: entry.name,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    })

  const signUp = async (line: number): Promise<void> => {
    made += 1
    const name = `user-${line}-${made}`
    const email = `${name}-0@example.org`
    const entry: Entry = {
      name,
      exists: [false],
      confirmed: [false],
      nickname: ['0'],
      email: [email],
      isMember: [false],
      dead: [],
      live: undefined,
    }
    entries[line]?.push(entry)
    const UserAttributes = [
      { Name: 'email', Value: email },
      { Name: 'nickname', Value: '0' },
    ]
    await change(entry, 'exists', true, () => call('SignUp', { ClientId, Username: name, Password: password, UserAttributes }))
  }

  const signIn = async (entry: Entry): Promise<void> => {
    const AuthParameters = { USERNAME: entry.name, PASSWORD: password }
    const { AuthenticationResult } = (await call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })) as {
      AuthenticationResult?: { RefreshToken: string }
    }
    entry.live = AuthenticationResult?.RefreshToken
  }

  const rotate = async (entry: Entry): Promise<void> => {
    const { live } = entry
    if (live === undefined) return signIn(entry)
    touched.add(entry)
    entry.live = undefined
    const { AuthenticationResult } = (await call('GetTokensFromRefreshToken', { ClientId, RefreshToken: live })) as {
      AuthenticationResult?: { RefreshToken: string }
    }
    entry.live = AuthenticationResult?.RefreshToken
    entry.dead.push(live)
    count += 1
  }

  const signOut = async (entry: Entry): Promise<void> => {
    const { live } = entry
    if (live === undefined) return signIn(entry)
    touched.add(entry)
    entry.live = undefined
    await call('AdminUserGlobalSignOut', { UserPoolId, Username: entry.name })
    entry.dead.push(live)
    count += 1
  }

  const step = async (line: number): Promise<void> => {
    const own = (entries[line] ?? []).filter(
      // What an answer is missing for is left alone until it was looked at.
      (entry) => entry.exists[0] === true && isSettled(entry),
    )
    const entry = own.at(-1 - below(Math.min(own.length, 4) || 1))
    if (entry === undefined || below(5) === 0) return signUp(line)
    if (entry.confirmed[0] === false)
      return change(entry, 'confirmed', true, () => call('ConfirmSignUp', { ClientId, Username: entry.name, ConfirmationCode: code }))
    const nickname = String(Number(entry.nickname[0]) + 1)
    const email = `${entry.name}-${below(1e9)}@example.org`
    const isMember = entry.isMember[0] !== true
    const Username = entry.name
    switch (below(6)) {
      case 0:
        return change(entry, 'nickname', nickname, () => attribute(entry, { nickname }))
      case 1:
        return change(entry, 'email', email, () => attribute(entry, { email, email_verified: 'true' }))
      case 2:
        return change(entry, 'isMember', isMember, () =>
          call(isMember ? 'AdminAddUserToGroup' : 'AdminRemoveUserFromGroup', { UserPoolId, Username, GroupName: group }),
        )
      case 3:
        return rotate(entry)
      case 4:
        return signOut(entry)
      default:
        return below(4) > 0 ? undefined : change(entry, 'exists', false, () => call('AdminDeleteUser', { UserPoolId, Username }))
    }
  }

  /** Answers at a fault, or goes on through it. */
  const workLine = async (line: number, isOver: () => boolean, goesOn: boolean, isSplit = false): Promise<void> => {
    while (!isOver()) {
      try {
        await step(line)
      } catch (error) {
        if (!isFault(error) && !isSplit) throw error
        if (!goesOn) return
        faults += 1
        await pause(20)
      }
    }
  }

  const oneOf = <T>(entry: Entry, what: string, allowed: readonly T[], found: T): string[] =>
    allowed.includes(found) ? [] : [`${entry.name}: ${what} is ${String(found)}, acknowledged was ${allowed.join(' or ')}`]

  const found = async (email: string): Promise<string[]> => {
    const { Users = [] } = (await call('ListUsers', { UserPoolId, Filter: `email = "${email}"` })) as { Users?: { Username: string }[] }
    return Users.map(({ Username }) => Username)
  }

  const checkOne = async (entry: Entry): Promise<string[]> => {
    const user = (await ask('AdminGetUser', { UserPoolId, Username: entry.name })) as
      | { UserStatus: string; UserAttributes: { Name: string; Value: string }[] }
      | undefined
    const wrong = oneOf(entry, 'its existence', entry.exists, user !== undefined)
    entry.exists = [user !== undefined]
    const members = async () => {
      const { Groups = [] } = (await call('AdminListGroupsForUser', { UserPoolId, Username: entry.name })) as { Groups?: object[] }
      return Groups.length > 0
    }
    const emails = [...entry.email]
    if (user === undefined) {
      for (const email of emails) if ((await found(email)).length > 0) wrong.push(`${entry.name} is gone, but found by ${email}`)
      return wrong
    }
    const value = (name: string) => user.UserAttributes.find(({ Name }) => Name === name)?.Value ?? ''
    const email = value('email')
    wrong.push(
      ...oneOf(entry, 'confirmation', entry.confirmed, user.UserStatus === 'CONFIRMED'),
      ...oneOf(entry, 'nickname', entry.nickname, value('nickname')),
      ...oneOf(entry, 'email', emails, email),
      ...oneOf(entry, 'membership', entry.isMember, await members()),
    )
    for (const one of emails) {
      const names = await found(one)
      if (String(names) !== (one === email ? entry.name : ''))
        wrong.push(`${entry.name}: a search for ${one} finds ${names.join() || 'nobody'}`)
    }
    for (const RefreshToken of entry.dead.slice(-3)) {
      if ((await ask('GetTokensFromRefreshToken', { ClientId, RefreshToken })) !== undefined)
        wrong.push(`${entry.name}: a dead token is good again`)
    }
    entry.confirmed = [user.UserStatus === 'CONFIRMED']
    entry.nickname = [value('nickname')]
    entry.email = [email]
    entry.isMember = [await members()]
    return wrong
  }

  return {
    acknowledged: () => count,
    faults: () => faults,
    longestWait: () => longest,
    work: async () => {
      await Promise.all(entries.map((_, line) => workLine(line, () => false, false)))
    },
    workThrough: async (until, { isSplit } = { isSplit: false }) => {
      let isOver = false
      const over = until.finally(() => {
        isOver = true
      })
      await Promise.all([over, ...entries.map((_, line) => workLine(line, () => isOver, true, isSplit))])
    },
    check: async (scope) => {
      const wrong: string[] = []
      const wanted = scope === 'all' ? entries.flat() : [...touched]
      touched.clear()
      for (let from = 0; from < wanted.length; from += 8) {
        const found = await Promise.all(wanted.slice(from, from + 8).map(checkOne))
        wrong.push(...found.flat())
      }
      return wrong
    },
  }
}
