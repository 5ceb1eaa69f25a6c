import type { Context } from '../context.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { RefreshGrant } from './refresh-grant.ts'
import type { TokenAnswer } from './triggers/pre-token-generation.ts'
import type { SessionBeginning } from './user-sessions.ts'

/** What an authorization code stands for. */
export interface AuthorizationCode {
  /** What its tokens may do; `expiresAt` counts from the redemption. */
  readonly grant: RefreshGrant
  readonly redirectUri: string
  /** Whether the authorization request named it. */
  readonly redirectUriGiven: boolean
  /** Of the method S256. */
  readonly codeChallenge?: string | undefined
  readonly nonce?: string | undefined
  /** What the PreTokenGeneration function said of the tokens. */
  readonly answer?: TokenAnswer | undefined
  /** Where the browser was; an application redeems the code from elsewhere. */
  readonly beginning: SessionBeginning
  /** Epoch milliseconds. */
  readonly madeAt: number
}

/** A code as the store has it. */
export interface StoredCode {
  readonly code: AuthorizationCode
  readonly codeHash: string
  /** When the last refresh token of its redemption will be over; undefined before there was one. */
  readonly grantedUntil: number | undefined
}

/** How long a code can be redeemed, in ms (developer guide, "The redirect and authorization endpoint"). */
const validity = 5 * 60_000

/** How long a code that was redeemed is recognised, in ms. */
const remembered = 60 * 60_000

const entity = (codeHash: string): string => `authorization/${codeHash}`

const hashOf = async (ctx: Pick<Context, 'keyring'>, pool: UserPool, text: string): Promise<string> =>
  Buffer.from(await ctx.keyring.fingerprint('codes', pool.uid, entity(text))).toString('hex')

// 128 random bits, because those that mark a UUID's version would be missing (RFC 6749 section 10.10).
const newText = (ctx: Context): string =>
  Buffer.from(ctx.random.bytes(16))
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** Keeps what a new code stands for, and answers the code; the store has neither in clear. */
export const putCode = async (ctx: Context, pool: UserPool, code: AuthorizationCode): Promise<string> => {
  const text = newText(ctx)
  const codeHash = await hashOf(ctx, pool, text)
  const sealed = await ctx.keyring.seal('codes', pool.uid, entity(codeHash), Buffer.from(JSON.stringify(code), 'utf8'))
  await ctx.store.authorizationCodes.put(ctx.by(), { poolUid: pool.uid, codeHash, sealed, expiresAt: code.madeAt + remembered })
  return text
}

/** The code that a text is, whatever became of it; undefined for one that the pool did not give, or has forgotten. */
export const findCode = async (ctx: Pick<Context, 'keyring' | 'store'>, pool: UserPool, text: string): Promise<StoredCode | undefined> => {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return undefined
  const codeHash = await hashOf(ctx, pool, text)
  const found = await ctx.store.authorizationCodes.get(pool.uid, codeHash)
  const plain = found && (await ctx.keyring.open('codes', pool.uid, entity(codeHash), found.sealed))
  if (found === undefined || plain === undefined) return undefined
  const code = JSON.parse(Buffer.from(plain).toString('utf8')) as AuthorizationCode
  return { code, codeHash, grantedUntil: found.grantedUntil }
}

/** Whether the five minutes of a code are over. */
export const isOver = (ctx: Context, { madeAt }: AuthorizationCode): boolean => ctx.clock.now() >= madeAt + validity
