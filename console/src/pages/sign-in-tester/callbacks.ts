import { redirectUrlFault } from '../../../../src/domain/redirect-url.ts'

/** The callback URLs that a sign-in on the login pages can end at. */
export interface Callbacks {
  readonly registered: readonly string[]
  /** The address of this page, at which the answer comes back by itself. */
  readonly own: string
  /** Why the own address can't be registered, as a sentence; undefined where it can. */
  readonly ownFault: string | undefined
  /** The one to use, empty for none. */
  readonly chosen: string
}

/** What an app client offers, where `wanted` is what somebody chose (empty for nothing) and `own` the address of this page. */
export const callbacksOf = (
  client: { readonly CallbackURLs?: readonly string[] | undefined; readonly DefaultRedirectURI?: string | undefined },
  own: string,
  wanted: string,
): Callbacks => {
  const registered = client.CallbackURLs ?? []
  const chosen = [wanted, own, client.DefaultRedirectURI ?? ''].find((url) => registered.includes(url)) ?? registered[0] ?? ''
  return { registered, own, ownFault: redirectUrlFault(own), chosen }
}
