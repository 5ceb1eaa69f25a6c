import type { Context, Policy } from '../context.ts'
import { requireClientSecret } from '../flows/client-secret.ts'
import { findClient, type OpenClient } from '../flows/open-client.ts'
import { answersFor } from '../flows/open-host.ts'
import type { OAuthRequest } from './endpoint.ts'
import type { Form } from './form.ts'
import { invalidRequest, OAuthError } from './oauth-error.ts'

interface Presented {
  readonly clientId: string
  readonly secret: string | undefined
}

const malformed = () => invalidRequest('The Authorization header is malformed.')

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The pair in a Basic header. AWS's documents show it in plain, RFC 6749 section 2.3.1 has it escaped; neither id nor secret has a percent sign. */
const readBasic = (header: string): Presented => {
  const [, encoded = ''] = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header) ?? []
  try {
    const pair = utf8.decode(Buffer.from(encoded, 'base64'))
    const colon = pair.indexOf(':')
    if (colon < 1) throw malformed()
    return {
      clientId: decodeURIComponent(pair.slice(0, colon)),
      // RFC 6749 section 2.3.1: an empty secret is the same as none.
      secret: decodeURIComponent(pair.slice(colon + 1)) || undefined,
    }
  } catch {
    throw malformed()
  }
}

/** client_secret_basic, client_secret_post, or the bare id of a public client; never two of them (RFC 6749 section 2.3). */
const presentedBy = (authorization: string | undefined, form: Form, refusal: () => OAuthError): Presented => {
  const clientId = form.get('client_id')
  const secret = form.get('client_secret')
  if (authorization !== undefined) {
    if (!/^basic(?: |$)/i.test(authorization)) throw refusal()
    if (secret !== undefined) throw invalidRequest('The client authenticates in more than one way.')
    const presented = readBasic(authorization)
    if (clientId !== undefined && clientId !== presented.clientId) throw refusal()
    return presented
  }
  if (clientId === undefined) throw invalidRequest('client_id is missing.')
  return { clientId, secret }
}

/** A client that an endpoint wants to see authenticated (RFC 9110 section 15.5.2 has a challenge go with status 401). */
export const unauthorized = (endpoint: string): OAuthError =>
  new OAuthError('invalid_client', { status: 401, headers: { 'www-authenticate': `Basic realm="${endpoint}"` } })

/** RFC 6749 section 5.2 wants status 401 and a challenge for who came with the header; AWS answers 400 to everybody. */
const invalidClient = ({ strictOidc }: Policy, authorization: string | undefined): OAuthError =>
  strictOidc && authorization !== undefined ? unauthorized('oauth2/token') : new OAuthError('invalid_client')

/**
 * The app client that sends a request, proved by its secret where it has one. Throws invalid_request for what can't be understood, and the
 * refusal, invalid_client unless another is given, for an unknown client, one of another pool than the domain's, or a wrong secret.
 */
export const authenticateClient = async (
  ctx: Context,
  { headers }: OAuthRequest,
  form: Form,
  refusal: () => OAuthError = () => invalidClient(ctx.policy, headers['authorization']),
): Promise<OpenClient> => {
  const { clientId, secret } = presentedBy(headers['authorization'], form, refusal)
  const opened = await findClient(ctx, clientId)
  if (opened === undefined || !(await answersFor(ctx, headers['host'], opened.pool))) throw refusal()
  await requireClientSecret(ctx, opened.client, secret, refusal)
  return opened
}
