import type { Clock } from '../../clock.ts'
import { signRequest } from '../../crypto/sign-request.ts'
import { signingName } from '../../model/model.ts'
import type { Input, OperationName, Output } from '../../model/types.gen.ts'
import type { SigningKeys } from '../../postman/target.ts'
import { apiAnswer, apiHeaders } from '../client/api-answer.ts'
import type { Send } from '../client/http.ts'
import { Refusal } from '../client/refusal.ts'

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
    return 'Give an access key that may read the pool: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --access-key and --secret-key.'
  }
  return /^(?:ResourceNotFound|InvalidParameter)/.test(code) ? 'Check --pool and --client.' : 'Check --endpoint.'
}

/** The API as administrators call it (AWS Signature Version 4). */
export const createSignedApi =
  (send: Send, clock: Clock, { endpoint, region, keys }: SignedApiSettings): SignedApi =>
  async (operation, input) => {
    const url = new URL(`${endpoint}/`)
    const body = JSON.stringify(input)
    const headers = { host: url.host, ...apiHeaders(operation) }
    const request = { method: 'POST', path: url.pathname, query: '', headers, body: Buffer.from(body) }
    const signed = signRequest(request, keys, { region, service: signingName }, clock.now())
    const answer = apiAnswer(await send(url.href, { method: 'POST', headers: signed, body }))
    if (answer.kind === 'answer') return answer.body as Output<typeof operation>
    if (answer.kind === 'strange') {
      throw new Refusal(`${endpoint} answered ${operation} with status ${answer.status} and no JSON of the API.`, { advice: adviceFor('') })
    }
    const { code, message } = answer
    throw new Refusal(`${endpoint} refused ${operation}.`, { code, why: `${code}: ${message}`, advice: adviceFor(code) })
  }
