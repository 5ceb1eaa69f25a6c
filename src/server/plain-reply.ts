import type { ApiReply } from '../api/api-request.ts'

const safe = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const

/** The reply with headers under which no browser makes anything of it but data. */
export const withSafeHeaders = (reply: ApiReply): ApiReply => ({ ...reply, headers: { ...safe, ...reply.headers } })

/** A value as JSON. */
export const jsonReply = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): ApiReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})
