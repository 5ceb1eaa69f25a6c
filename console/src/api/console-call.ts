import { ApiError, refusalOf, unreachable } from './api-error.ts'
import { connection } from './connection.ts'
import { consoleUrl } from './console-url.ts'
import { consoleHeaders } from './page-key.ts'

/**
 * Sends to an address of the console itself (`sign-in`, `operators/reset`): reads without a body, writes with one. Throws ApiError, and never
 * asks anybody to sign in.
 */
export const sendToConsole = async <T>(path: string, body?: object, signal?: AbortSignal): Promise<T> => {
  const answer = await fetch(consoleUrl(path), {
    method: body === undefined ? 'GET' : 'POST',
    cache: 'no-store',
    headers: { ...consoleHeaders(), ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    connection.lost()
    throw new ApiError(unreachable, 'The server does not answer. Nothing that you typed is lost: try again once it is back.')
  })
  const text = await answer.text()
  if (!answer.ok) throw refusalOf(answer.status, text, answer.headers)
  return (text === '' ? {} : JSON.parse(text)) as T
}
