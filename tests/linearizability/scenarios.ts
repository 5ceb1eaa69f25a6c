import {
  type Arena,
  type Judged,
  recordAlias,
  recordLockOut,
  recordResetCode,
  recordRotation,
  recordSession,
  recordSignUpCode,
  recordUsername,
} from './histories.ts'

/** Records and judges one history; `wait` moves the servers' clocks past the period of grace. */
export type Scenario = (arena: Arena, name: string, wait?: () => void) => Promise<Judged>

/** What needs no clock that stands still. */
export const timeless: readonly (readonly [title: string, scenario: Scenario])[] = [
  ['a code of a sign-up, right ones', (arena, name) => recordSignUpCode(arena, `signed-up-${name}`, 1)],
  ['a code of a sign-up, wrong ones', (arena, name) => recordSignUpCode(arena, `guessed-${name}`, 12)],
  ['a code of a forgotten password, right ones', (arena, name) => recordResetCode(arena, `forgot-${name}`, 1)],
  ['a code of a forgotten password, wrong ones', (arena, name) => recordResetCode(arena, `reset-${name}`, 12)],
  ['rotating refresh tokens', (arena, name, wait) => recordRotation(arena, `rotating-${name}`, wait)],
  ['an alias that many claim', (arena, name) => recordAlias(arena, `alias-${name}`)],
  ['a user name that many claim', (arena, name) => recordUsername(arena, `name-${name}`)],
  ['a Session that many answer', (arena, name) => recordSession(arena, `session-${name}`)],
]

/** All of them. */
export const scenarios: typeof timeless = [
  ...timeless,
  ['passwords of a locked user', (arena, name) => recordLockOut(arena, `locked-${name}`)],
]
