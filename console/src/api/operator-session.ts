import { ApiError, signedOut } from './api-error.ts'
import { sendToConsole } from './console-call.ts'
import { walkPrefix } from './kept-walk.ts'
import { keepPageKey } from './page-key.ts'

/** What proves an operator. */
export interface Credentials {
  readonly name: string
  readonly password: string
  /** Of the authenticator. */
  readonly code: string
}

/** Asks for something that begins a session, and keeps the page's half of it. Throws ApiError. */
export const openSession = async (path: string, body: object): Promise<void> => {
  const { pageKey } = await sendToConsole<{ pageKey: string }>(path, body)
  keepPageKey(pageKey)
}

/** Signs an operator in; throws ApiError, with `retryAfter` where too many tries have failed. */
export const signIn = ({ name, password, code }: Credentials): Promise<void> =>
  openSession('sign-in', { name: name.trim(), password, code: code.replace(/\s/g, '') })

/** Ends the session, and takes away what forms kept in this tab: the next operator at this screen may be another. Throws ApiError. */
export const signOut = async (): Promise<void> => {
  await sendToConsole('sign-out', {}).catch((error: unknown) => {
    // It has ended already.
    if (!(error instanceof ApiError) || error.code !== signedOut) throw error
  })
  keepPageKey(undefined)
  forgetDrafts()
}

const forgetDrafts = (): void => {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith('poolhouse.draft.') || key.startsWith(walkPrefix)) sessionStorage.removeItem(key)
}

const ownerKey = 'poolhouse.operator'

/** Notes whose forms this tab keeps. */
export const keepDraftsFor = (operator: string): void => sessionStorage.setItem(ownerKey, operator)

/** At a sign-in: takes away what another operator left in forms of this tab. */
export const forgetDraftsOfOthers = (operator: string): void => {
  if ((sessionStorage.getItem(ownerKey) ?? operator) !== operator) forgetDrafts()
  keepDraftsFor(operator)
}

/** What a set-up link is about. */
export interface SetUp {
  readonly name: string
  /** Of the authenticator, in base32. */
  readonly secret: string
  /** The same, for the server to know again. */
  readonly sealed: string
  readonly uri: string
  readonly qr: { readonly size: number; readonly path: string }
}

/** Begins with a set-up link, which stays good; every time with another secret. Throws ApiError. */
export const beginSetUp = (token: string, signal: AbortSignal): Promise<SetUp> => sendToConsole('set-up/begin', { token }, signal)

/** Ends a set-up, which uses up the link and signs the operator in. Throws ApiError. */
export const endSetUp = (token: string, { sealed }: SetUp, password: string, code: string): Promise<void> =>
  openSession('set-up', { token, sealed, password, code: code.replace(/\s/g, '') })
