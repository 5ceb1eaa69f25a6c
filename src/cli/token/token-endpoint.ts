import { isObject } from '../../domain/is-object.ts'
import { parsedJson } from '../client/parsed-json.ts'
import { Refusal } from '../client/refusal.ts'
import { oauthAdvice } from './advice.ts'
import type { TokenRun } from './token-run.ts'
import { oauthTokens, type Tokens } from './tokens.ts'

/** The client's secret as the header has it (RFC 6749 section 2.3.1); AWS's documents don't escape the pair, and neither has anything to escape. */
const basic = (clientId: string, clientSecret: string) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
})

/** Tokens from the token endpoint for a grant's parameters; throws a Refusal in its words. */
export const askTokenEndpoint = async (
  { send, request }: Pick<TokenRun, 'send' | 'request'>,
  parameters: Readonly<Record<string, string>>,
): Promise<Tokens> => {
  const { domain, clientId, clientSecret } = request
  const reply = await send(`${domain}/oauth2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(clientSecret !== undefined && basic(clientId, clientSecret)),
    },
    body: new URLSearchParams({ ...parameters, client_id: clientId }).toString(),
  })
  const body = parsedJson(reply.body)
  const members = isObject(body) ? body : {}
  if (reply.status === 200 && isObject(body)) return oauthTokens(body)
  const { error, error_description: description } = members
  if (typeof error !== 'string') {
    throw new Refusal(`${domain}/oauth2/token answered with status ${reply.status} and no error of OAuth.`, {
      advice: "Check --domain: it must be the address of the user pool's domain, or of a Poolhouse server.",
    })
  }
  throw new Refusal(`${domain}/oauth2/token refused the grant ${parameters['grant_type']}.`, {
    code: error,
    why: typeof description === 'string' ? `${error}: ${description}` : error,
    advice: oauthAdvice(error, request),
  })
}

/** Tokens for the app client itself. */
export const clientCredentials = (run: TokenRun): Promise<Tokens> => {
  const { scope } = run.request
  return askTokenEndpoint(run, { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) })
}
