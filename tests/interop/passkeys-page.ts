import { Amplify } from 'aws-amplify'
import {
  associateWebAuthnCredential,
  deleteWebAuthnCredential,
  fetchAuthSession,
  listWebAuthnCredentials,
  signIn,
  signOut,
} from 'aws-amplify/auth'
import type { PageSettings } from './browser-page.ts'

// What a test bundles into a page: an application with Amplify whose users have passkeys.

const named = async (work: () => Promise<string>): Promise<string> => {
  try {
    return await work()
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

const application = {
  configure: ({ endpoint, userPoolId, userPoolClientId }: PageSettings) =>
    Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: endpoint } } }),
  signInWithPassword: (username: string, password: string) =>
    named(async () => (await signIn({ username, password, options: { authFlowType: 'USER_SRP_AUTH' } })).nextStep.signInStep),
  /** Answers the error's name when it is refused. */
  signInWithPasskey: (username: string) =>
    named(
      async () => (await signIn({ username, options: { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' } })).nextStep.signInStep,
    ),
  addPasskey: () =>
    named(async () => {
      await associateWebAuthnCredential()
      return 'added'
    }),
  passkeys: async () => (await listWebAuthnCredentials()).credentials,
  deletePasskey: (credentialId: string) => deleteWebAuthnCredential({ credentialId }),
  claims: async () => (await fetchAuthSession()).tokens?.accessToken.payload,
  signOut: () => signOut(),
}

/** What a test can call in the page, as `application`. */
export type PasskeyApplication = typeof application

Object.assign(globalThis, { application })
