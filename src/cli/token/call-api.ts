import { isObject } from '../../domain/is-object.ts'
import { apiAdvice } from './advice.ts'
import type { HttpReply, Send } from './http.ts'
import { Refusal } from './refusal.ts'
import type { TokenRequest } from './token-request.ts'

/** What an operation gets; its flow or challenge stands in refusals. */
export type ApiInput = { readonly AuthFlow?: string; readonly ChallengeName?: string } & Readonly<Record<string, unknown>>

/** Calls an operation that needs no signature; throws a Refusal in the API's own words. */
export type CallApi = (operation: string, input: ApiInput) => Promise<Readonly<Record<string, unknown>>>

/** A body of JSON; undefined for anything else. */
export const jsonOf = ({ body }: Pick<HttpReply, 'body'>): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The type may stand behind a namespace, and in the header before a link. */
const typeOf = (body: Readonly<Record<string, unknown>>, headers: HttpReply['headers']): string => {
  const named = text(body['__type']) || text(body['code']) || text(headers['x-amzn-errortype'])
  return (named.split(':')[0] ?? '').replace(/^.*#/, '')
}

/** Calls the API of the request's endpoint. */
export const createApi = (send: Send, request: TokenRequest): CallApi => {
  const { endpoint } = request
  return async (operation, input) => {
    const reply = await send(`${endpoint}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input),
    })
    const body = jsonOf(reply)
    if (reply.status === 200 && body !== undefined) return body
    const code = body === undefined ? '' : typeOf(body, reply.headers)
    if (body === undefined || code === '') {
      throw new Refusal(`${endpoint} answered ${operation} with status ${reply.status} and no JSON of the API.`, {
        advice: 'Check --endpoint: it must be a server that speaks the API of Amazon Cognito user pools.',
      })
    }
    const message = text(body['message']) || text(body['Message'])
    const step = input.AuthFlow ?? input.ChallengeName
    throw new Refusal(`${endpoint} refused ${operation}${step === undefined ? '' : ` (${step})`}.`, {
      code,
      why: message === '' ? code : `${code}: ${message}`,
      advice: apiAdvice({ code, message }, request),
    })
  }
}
