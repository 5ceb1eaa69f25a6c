import type { ConsoleReply } from './console-request.ts'

const policy = (connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    // The fonts of the design system stand in its style sheet.
    "font-src 'self' data:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "form-action 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Makes the console's answers, with the headers that guard every one of them. */
export interface ConsoleReplies {
  html(status: number, body: string, headers?: Readonly<Record<string, string>>): ConsoleReply
  json(status: number, value: object, headers?: Readonly<Record<string, string>>): ConsoleReply
  /** An answer that was made elsewhere, with the headers that guard. */
  guarded(reply: ConsoleReply): ConsoleReply
}

/** `connect`: origins that the page may ask beside its own. */
export const createReplies = (connect: readonly string[]): ConsoleReplies => {
  const guarding = {
    'content-security-policy': policy(connect),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
  return {
    html: (status, body, headers) => ({
      status,
      headers: { ...guarding, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', ...headers },
      body,
    }),
    json: (status, value, headers) => ({
      status,
      headers: { ...guarding, 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
      body: JSON.stringify(value),
    }),
    guarded: (reply) => ({ ...reply, headers: { ...guarding, ...reply.headers } }),
  }
}
