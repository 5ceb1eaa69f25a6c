import type { Clock } from '../../clock.ts'
import { signRequest } from '../../crypto/sign-request.ts'
import { signingName, targetPrefix } from '../../model/model.ts'
import type { Input, OperationName, Output } from '../../model/types.gen.ts'
import type { SigningKeys } from '../../postman/target.ts'
import type { Send } from '../token/http.ts'
import { Refusal } from '../token/refusal.ts'

/** Calls an operation, signed; throws a Refusal in the API's own words. */
export type SignedApi = <N extends OperationName>(operation: N, input: Input<N>) => Promise<Output<N>>

/** Where calls go, and what they are signed with. */
export interface SignedApiSettings {
  readonly endpoint: string
  readonly region: string
  readonly keys: SigningKeys
}

const adviceFor = (code: string): string => {
  if (/^(?:UnrecognizedClient|InvalidSignature|MissingAuthentication|IncompleteSignature|AccessDenied)/.test(code)) {
    return 'Give an access key that may read the pool: --access-key and --secret-key, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
  }
  return /^ResourceNotFound/.test(code) ? 'Check --pool and --client.' : 'Check --endpoint.'
}

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}

/** The API as administrators call it (AWS Signature Version 4). */
export const createSignedApi =
  (send: Send, clock: Clock, { endpoint, region, keys }: SignedApiSettings): SignedApi =>
  async (operation, input) => {
    const url = new URL(`${endpoint}/`)
    const body = JSON.stringify(input)
    const headers = {
      host: url.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${targetPrefix}.${operation}`,
    }
    const request = { method: 'POST', path: url.pathname, query: '', headers, body: Buffer.from(body) }
    const signed = signRequest(request, keys, { region, service: signingName }, clock.now())
    const reply = await send(url.href, { method: 'POST', headers: signed, body })
    const answer = parsed(reply.body)
    if (reply.status === 200 && answer !== undefined) return answer as Output<typeof operation>
    const { __type: type = '', message = '' } = answer ?? {}
    const code = String(type).replace(/^.*#/, '')
    throw new Refusal(`${endpoint} refused ${operation}.`, {
      code,
      why: code === '' ? `It answered with status ${reply.status} and no JSON of the API.` : `${code}: ${message}`,
      advice: adviceFor(code),
    })
  }
