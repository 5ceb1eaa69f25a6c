import { Amplify } from 'aws-amplify'
// As the documentation of Amplify asks multi-page applications to: it finishes sign-ins at the callback.
import 'aws-amplify/auth/enable-oauth-listener'
import { fetchAuthSession, fetchUserAttributes, getCurrentUser, signInWithRedirect, signOut } from 'aws-amplify/auth'
import { Hub } from 'aws-amplify/utils'

// What a test bundles into a page: an application with Amplify that signs people in on the hosted pages.

/** Where the page's application has its users; `domain` without a scheme. */
export interface RedirectSettings {
  readonly endpoint: string
  readonly userPoolId: string
  readonly userPoolClientId: string
  readonly domain: string
  readonly redirectSignIn: string
  readonly redirectSignOut: string
  readonly responseType: 'code' | 'token'
}

const settingsKey = 'settings'

const configure = ({ endpoint, userPoolId, userPoolClientId, domain, redirectSignIn, redirectSignOut, responseType }: RedirectSettings) =>
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId,
        userPoolEndpoint: endpoint,
        loginWith: {
          oauth: {
            domain,
            scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
            redirectSignIn: [redirectSignIn],
            redirectSignOut: [redirectSignOut],
            responseType,
          },
        },
      },
    },
  })

const events: string[] = []
Hub.listen('auth', ({ payload }) => events.push(`${payload.event} ${'data' in payload ? JSON.stringify(payload.data) : ''}`))
const kept = sessionStorage.getItem(settingsKey)
if (kept !== null) configure(JSON.parse(kept) as RedirectSettings)

const application = {
  /** Also for the pages that come after this one. */
  configure: (settings: RedirectSettings) => {
    sessionStorage.setItem(settingsKey, JSON.stringify(settings))
    configure(settings)
  },
  signIn: () => {
    void signInWithRedirect({ customState: 'page 7' })
  },
  events: () => events,
  session: async (forceRefresh: boolean) => {
    const { tokens } = await fetchAuthSession({ forceRefresh })
    return { access: tokens?.accessToken.payload, id: tokens?.idToken?.payload, token: tokens?.accessToken.toString() }
  },
  whoAmI: async () => ({ ...(await getCurrentUser()), attributes: await fetchUserAttributes() }),
  signOut: () => {
    void signOut()
  },
}

/** What a test can call in the page, as `application`. */
export type RedirectApplication = typeof application

Object.assign(globalThis, { application })
