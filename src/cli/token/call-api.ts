import { apiAnswer, apiHeaders } from '../client/api-answer.ts'
import type { Send } from '../client/http.ts'
import { Refusal } from '../client/refusal.ts'
import { apiAdvice } from './advice.ts'
import type { TokenRequest } from './token-request.ts'

/** What an operation gets; its flow or challenge stands in refusals. */
export type ApiInput = { readonly AuthFlow?: string; readonly ChallengeName?: string } & Readonly<Record<string, unknown>>

/** Calls an operation that needs no signature; throws a Refusal in the API's own words. */
export type CallApi = (operation: string, input: ApiInput) => Promise<Readonly<Record<string, unknown>>>

/** Calls the API of the request's endpoint. */
export const createApi = (send: Send, request: TokenRequest): CallApi => {
  const { endpoint } = request
  return async (operation, input) => {
    const reply = await send(`${endpoint}/`, { method: 'POST', headers: apiHeaders(operation), body: JSON.stringify(input) })
    const answer = apiAnswer(reply)
    if (answer.kind === 'answer') return answer.body
    if (answer.kind === 'strange') {
      throw new Refusal(`${endpoint} answered ${operation} with status ${answer.status} and no JSON of the API.`, {
        advice: 'Check --endpoint: it must be a server that speaks the API of Amazon Cognito user pools.',
      })
    }
    const { code, message } = answer
    const step = input.AuthFlow ?? input.ChallengeName
    throw new Refusal(`${endpoint} refused ${operation}${step === undefined ? '' : ` (${step})`}.`, {
      code,
      why: message === '' ? code : `${code}: ${message}`,
      advice: apiAdvice({ code, message }, request),
    })
  }
}
