import { type User, UserManager } from 'oidc-client-ts'

// What a test bundles into a page: an application that signs people in with oidc-client-ts.

/** Where the page's application has its users. */
export interface OidcSettings {
  readonly authority: string
  readonly client_id: string
  readonly redirect_uri: string
}

let manager: UserManager
let popup: Promise<User> | undefined
const shown = (user: User | null | undefined) => user && { ...user, expired: user.expired, scopes: user.scopes }

const application = {
  configure: (settings: OidcSettings) => {
    // So long before the end that the library renews after a second.
    const accessTokenExpiringNotificationTimeInSeconds = 3599
    manager = new UserManager({
      ...settings,
      scope: 'phone openid email',
      loadUserInfo: true,
      accessTokenExpiringNotificationTimeInSeconds,
    })
  },
  signIn: () => {
    void manager.signinRedirect({ state: { page: 7 }, nonce: 'n-1' })
  },
  /** Goes on in a window of its own, until `signedInByPopup`. */
  openPopup: () => {
    popup = manager.signinPopup()
  },
  signedInByPopup: async () => shown(await popup),
  /** At the callback, in a window of its own too. */
  finish: async () => shown(await manager.signinCallback()),
  user: async () => shown(await manager.getUser()),
  renew: async () => shown(await manager.signinSilent()),
  renewedByItself: () => new Promise((resolve) => manager.events.addUserLoaded((user) => resolve(shown(user)))),
  revoke: () => manager.revokeTokens(['refresh_token']),
  /** As AWS's console shows it. */
  signOutOfCognito: async (domain: string, clientId: string, logoutUri: string) => {
    await manager.removeUser()
    const { location } = globalThis as unknown as { location: { href: string } }
    location.href = `${domain}/logout?client_id=${clientId}&logout_uri=${encodeURIComponent(logoutUri)}`
  },
  signOut: (client_id: string, logout_uri: string) => {
    void manager.signoutRedirect({ extraQueryParams: { client_id, logout_uri } })
  },
}

/** What a test can call in the page, as `application`. */
export type OidcApplication = typeof application

Object.assign(globalThis, { application })
