/** What is typed for a sign-in and stands in no address: it is gone when the page is. */
export interface Typed {
  readonly password: string
  /** Empty for the one that the app client's description has. */
  readonly clientSecret: string
  readonly refreshToken: string
  readonly firstChallenge: string
  readonly scopes: string
  /** Empty for the one that suits best. */
  readonly callback: string
  readonly asksAnew: boolean
}

/** Nothing yet. */
export const typedNothing: Typed = {
  password: '',
  clientSecret: '',
  refreshToken: '',
  firstChallenge: '',
  scopes: '',
  callback: '',
  asksAnew: false,
}

/** A part of the form. */
export interface TypedProps {
  readonly typed: Typed
  readonly onType: (changes: Partial<Typed>) => void
}
