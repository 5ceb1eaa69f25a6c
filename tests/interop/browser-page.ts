import { Amplify } from 'aws-amplify'
import { confirmSignUp, fetchAuthSession, fetchUserAttributes, signIn, signUp } from 'aws-amplify/auth'

// What a test bundles into a page: an application with Amplify, as a front end has it.

/** Where the page's application has its users. */
export interface PageSettings {
  readonly endpoint: string
  readonly userPoolId: string
  readonly userPoolClientId: string
}

const application = {
  configure: ({ endpoint, userPoolId, userPoolClientId }: PageSettings) =>
    Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: endpoint } } }),
  signUp: async (username: string, password: string) => {
    const { nextStep } = await signUp({ username, password, options: { userAttributes: { email: `${username}@example.org` } } })
    return nextStep.signUpStep
  },
  confirm: async (username: string, confirmationCode: string) => {
    const { nextStep } = await confirmSignUp({ username, confirmationCode })
    return nextStep.signUpStep
  },
  /** By SRP; answers the error's name when it is refused. */
  signIn: async (username: string, password: string) => {
    try {
      const { nextStep } = await signIn({ username, password })
      return nextStep.signInStep
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
  },
  whoAmI: async () => {
    const { tokens } = await fetchAuthSession({ forceRefresh: true })
    return { ...(await fetchUserAttributes()), tokenUse: tokens?.accessToken.payload['token_use'] }
  },
  /** What a page can read of a refusal, headers included. */
  refusal: async (endpoint: string) => {
    const reply = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser' },
      body: JSON.stringify({ AccessToken: 'none' }),
    })
    return { type: reply.headers.get('x-amzn-errortype'), requestId: reply.headers.get('x-amzn-requestid') }
  },
}

/** What a test can call in the page, as `application`. */
export type Application = typeof application

Object.assign(globalThis, { application })
