import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { lockedUntil } from '../../src/domain/lockout.ts'
import type { Input, OperationName } from '../../src/model/types.gen.ts'
import { callApi } from '../../tests/support/call-api.ts'

/** Sign-outs and their like that were acknowledged, put to the test on every server without a pause. */
export interface EndedGrants {
  /** What was acknowledged: rights that ended, and users who were locked out. */
  readonly acknowledged: () => number
  /** Tries to use what had ended; each was to be refused. */
  readonly tries: () => number
  /** What was not. */
  readonly wrong: readonly string[]
  stop(): Promise<void>
}

interface Ended {
  readonly name: string
  readonly how: string
  /** performance.now(); undefined for ever. */
  readonly until?: number
  readonly token?: string
  /** Whether a sign-in with the password is refused, too. */
  readonly password: boolean
}

/** The urls of all servers, and a pool of theirs whose codes and tokens are plain. */
export interface GrantPool {
  readonly urls: readonly string[]
  readonly UserPoolId: string
  readonly ClientId: string
}

const password = 'Correct-Horse-7'
const mostWatched = 30
const lines = 3

/** Ends rights all the while, on one server after the other, and tries on all of them to use what was said to have ended. */
export const watchEndedGrants = ({ urls, UserPoolId, ClientId }: GrantPool): EndedGrants => {
  const ended: Ended[] = []
  const wrong: string[] = []
  let [acknowledged, tries, turn] = [0, 0, 0]
  let isOver = false
  const anywhere = () => urls[turn++ % urls.length] ?? ''

  const signIn = (url: string, USERNAME: string, PASSWORD = password) =>
    callApi(url, 'InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } })

  const call = <N extends OperationName>(operation: N, input: Input<N>) => callApi(anywhere(), operation, input)

  const endings: Readonly<Record<string, (user: { UserPoolId: string; Username: string }, token: string) => Promise<unknown>>> = {
    'signed out': (user) => call('AdminUserGlobalSignOut', user),
    disabled: (user) => call('AdminDisableUser', user),
    deleted: (user) => call('AdminDeleteUser', user),
    revoked: (_, Token) => call('RevokeToken', { ClientId, Token }),
    'with another password': (user) => call('AdminSetUserPassword', { ...user, Password: `${password}-2`, Permanent: true }),
  }
  const keepsPassword = ['signed out', 'revoked']

  const lockOut = async (name: string): Promise<Ended | undefined> => {
    const began = performance.now()
    const guesses = Array.from({ length: 12 }, (_, n) =>
      signIn(urls[n % urls.length] ?? '', name, `Wrong-Horse-${n}`).then(
        () => false,
        (error: Error) => error.message.includes('Incorrect username or password.'),
      ),
    )
    const failures = (await Promise.all(guesses)).filter(Boolean).length
    const until = lockedUntil(failures, began)
    return until === 0 ? undefined : { name, how: `locked out by ${failures}`, until, password: true }
  }

  const endOne = async (n: number): Promise<void> => {
    const name = `grant-${randomUUID()}`
    const user = { UserPoolId, Username: name }
    await call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' })
    await call('AdminSetUserPassword', { ...user, Password: password, Permanent: true })
    const kinds = [...Object.keys(endings), 'locked out']
    const how = kinds[n % kinds.length] ?? ''
    const ending = endings[how]
    if (ending === undefined) {
      const locked = await lockOut(name)
      if (locked !== undefined) ended.push(locked)
    } else {
      const { AuthenticationResult } = await signIn(anywhere(), name)
      const token: string = AuthenticationResult.RefreshToken
      await ending(user, token)
      ended.push({ name, how, token, password: !keepsPassword.includes(how) })
    }
    acknowledged += 1
  }

  const endThem = async (line: number): Promise<void> => {
    for (let n = line; !isOver; n += 1) {
      // Whether a change without an answer was made is not known, so nothing is expected of it.
      await endOne(n).catch(() => pause(50))
      await pause(150)
    }
  }

  const tryOne = async (url: string, { name, how, token, until, password: refusesPassword }: Ended): Promise<void> => {
    const uses: [string, () => Promise<unknown>][] = []
    if (token !== undefined)
      uses.push(['a refresh token', () => callApi(url, 'GetTokensFromRefreshToken', { ClientId, RefreshToken: token })])
    if (refusesPassword) uses.push(['the password', () => signIn(url, name)])
    for (const [what, use] of uses) {
      tries += 1
      const isGood = await use().then(
        () => true,
        () => false,
      )
      // A right password may be good the moment the lock is over; so one that was answered later tells nothing.
      if (isGood && (until === undefined || performance.now() < until)) wrong.push(`${name} was ${how}, and ${what} was good on ${url}`)
    }
  }

  const tryThem = async (url: string): Promise<void> => {
    for (let n = 0; !isOver; n += 1) {
      const recent = ended.filter(({ until }) => until === undefined || performance.now() < until).slice(-mostWatched)
      const one = recent[n % Math.max(1, recent.length)]
      if (one !== undefined) await tryOne(url, one)
      await pause(20)
    }
  }

  const work = Promise.all([
    ...Array.from({ length: lines }, (_, line) => endThem(line)),
    ...urls.flatMap((url) => [tryThem(url), tryThem(url)]),
  ])
  return {
    acknowledged: () => acknowledged,
    tries: () => tries,
    wrong,
    stop: async () => {
      isOver = true
      await work
    },
  }
}
