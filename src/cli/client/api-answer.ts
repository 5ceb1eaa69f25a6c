import { isObject } from '../../domain/is-object.ts'
import { targetPrefix } from '../../model/model.ts'
import type { HttpReply } from './http.ts'
import { parsedJson } from './parsed-json.ts'

/** What a server of the API said: an answer, an error by name, or something that is none of the API. */
export type ApiAnswer =
  | { readonly kind: 'answer'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'strange'; readonly status: number }

/** The headers that make a POST a call of an operation. */
export const apiHeaders = (operation: string): Readonly<Record<string, string>> => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': `${targetPrefix}.${operation}`,
})

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The type may stand behind a namespace, and in the header before a link. */
const typeOf = (body: Readonly<Record<string, unknown>>, headers: HttpReply['headers']): string => {
  const named = text(body['__type']) || text(body['code']) || text(headers['x-amzn-errortype'])
  return (named.split(':')[0] ?? '').replace(/^.*#/, '')
}

/** Reads the answer to a call (AWS JSON 1.1). */
export const apiAnswer = ({ status, headers, body: sent }: HttpReply): ApiAnswer => {
  const body = parsedJson(sent)
  if (!isObject(body)) return { kind: 'strange', status }
  if (status === 200) return { kind: 'answer', body }
  const code = typeOf(body, headers)
  return code === '' ? { kind: 'strange', status } : { kind: 'error', code, message: text(body['message']) || text(body['Message']) }
}
