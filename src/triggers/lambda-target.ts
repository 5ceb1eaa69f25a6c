import type { Clock } from '../clock.ts'
import { type SigningCredentials, signRequest } from '../crypto/sign-request.ts'
import type { Poster } from '../posting/poster.ts'
import { readAnswer } from './read-answer.ts'
import type { TriggerTarget } from './trigger-target.ts'

/** A function behind Lambda's own API, at AWS or an emulator. */
export interface LambdaSettings {
  /** Without a path. */
  readonly endpoint: string
  /** Name or ARN, as the endpoint knows the function. */
  readonly functionName: string
  /** In which calls are signed. */
  readonly region: string
  readonly credentials: SigningCredentials
  readonly poster: Poster
  readonly clock: Clock
}

/** A function that is called by the operation Invoke of the Lambda API, signed under SigV4 (Lambda API reference, "Invoke"). */
export const lambdaTarget = ({ endpoint, functionName, region, credentials, poster, clock }: LambdaSettings): TriggerTarget => {
  const url = new URL(`/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`, endpoint)
  return {
    invoke: async (event, { limit }) => {
      const body = JSON.stringify(event)
      const headers = {
        host: url.host,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-invocation-type': 'RequestResponse',
      }
      const request = { method: 'POST', path: url.pathname, query: '', headers, body: Buffer.from(body) }
      const signed = signRequest(request, credentials, { region, service: 'lambda' }, clock.now())
      return readAnswer(`${url.host} (${functionName})`, await poster.post({ url, headers: signed, body, limit }))
    },
    close: async () => poster.close(),
  }
}
