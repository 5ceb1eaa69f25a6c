import type { Attempt } from './attempt.ts'
import { tokensIn } from './challenge.ts'
import type { Handed } from './handed-back.ts'
import { isGood, membersOf, type Outcome, type RunTools, refusalIn, type SignInRun } from './outcome.ts'
import { base64Url, codeChallenge } from './pkce.ts'
import type { TestRequest } from './request.ts'

const tokenPath = '/oauth2/token'
const authorizePath = '/oauth2/authorize'

const refused = (code: string, message: string, operation: string): Outcome => ({
  kind: 'refused',
  code,
  message,
  operation,
  challenge: undefined,
})

/** A way to tokens by OAuth 2.0: at the token endpoint alone, or through the login pages, where the answer comes in from outside. */
export const createOAuthRun = (attempt: Attempt, { send, note, secret, unguessable }: RunTools): SignInRun => {
  const { flow, clientId, clientSecret, callback } = attempt
  const verifier = flow === 'authorization_code' ? base64Url(secret) : undefined
  const state = unguessable()
  const scope = attempt.scopes.trim().replace(/\s+/g, ' ')
  const scopes: Record<string, string> = scope === '' ? {} : { scope }
  let opened: Extract<TestRequest, { kind: 'page' }> | undefined

  const askForTokens = async (title: string, form: Readonly<Record<string, string>>): Promise<Outcome> => {
    const basic = clientSecret === undefined ? undefined : { clientId, clientSecret }
    const body = basic === undefined ? { ...form, client_id: clientId } : form
    const answer = await send(title, { kind: 'form', path: tokenPath, form: body, basic })
    return isGood(answer) ? { kind: 'tokens', tokens: tokensIn(membersOf(answer)) } : refusalIn(answer, tokenPath)
  }

  const authorize = async (): Promise<Outcome> => {
    const parameters = new URLSearchParams({
      response_type: verifier === undefined ? 'token' : 'code',
      client_id: clientId,
      redirect_uri: callback,
      ...scopes,
      state,
      nonce: unguessable(),
      ...(verifier !== undefined && { code_challenge: await codeChallenge(verifier), code_challenge_method: 'S256' }),
      ...(attempt.asksAnew && { prompt: 'login' }),
    })
    opened = { kind: 'page', url: `${attempt.loginPages}${authorizePath}?${parameters}`, verifier }
    return { kind: 'away', request: opened, callback, state }
  }

  const receive = async (handed: Handed): Promise<Outcome> => {
    if (opened === undefined) throw new Error('No login page was opened.')
    const text = JSON.stringify(handed)
    note('Sign in on the login pages', opened, { status: 302, text, requestId: undefined, milliseconds: undefined })
    const { code, error, error_description: description = '', state: told = state } = handed
    if (told !== state)
      return refused('state', 'The answer names another state than the request: it belongs to another sign-in.', authorizePath)
    if (error !== undefined) return refused(error, description, authorizePath)
    if (code === undefined) return { kind: 'tokens', tokens: tokensIn(handed) }
    const exchange = { grant_type: 'authorization_code', code, redirect_uri: callback }
    return askForTokens('Exchange the code', { ...exchange, ...(verifier !== undefined && { code_verifier: verifier }) })
  }

  return {
    begin: () => {
      if (flow === 'client_credentials') return askForTokens('Ask for a token', { grant_type: flow, ...scopes })
      if (flow === 'refresh_token') return askForTokens('Refresh', { grant_type: flow, refresh_token: attempt.refreshToken.trim() })
      return authorize()
    },
    respond: () => Promise.reject(new Error('Login pages ask their questions themselves.')),
    receive,
  }
}
