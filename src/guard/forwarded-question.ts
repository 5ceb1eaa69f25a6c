import type { AskedRequest } from './authorize-request.ts'

/** A proxy that asks before it sends a request on: nginx's auth_request, Traefik's ForwardAuth, Envoy's ext_authz over HTTP. */
export const askingProxies = ['nginx', 'traefik', 'envoy'] as const
/** One of them. */
export type AskingProxy = (typeof askingProxies)[number]

/** Where each says what was asked of it; of others' headers a client could write them. */
const told = {
  nginx: { method: 'x-original-method', target: 'x-original-uri' },
  traefik: { method: 'x-forwarded-method', target: 'x-forwarded-uri' },
} as const

/**
 * The request that a proxy asks about; `untold` where its headers don't say, `repeated` where one of them is there twice. Envoy asks with the
 * method and path themselves.
 */
export const askedBy = (proxy: AskingProxy, question: AskedRequest): AskedRequest | 'untold' | 'repeated' => {
  if (proxy === 'envoy') return question
  const { header } = question
  const method = header(told[proxy].method)
  const target = header(told[proxy].target)
  if (method === undefined || target === undefined) return 'untold'
  // Neither has a comma with a space: it would be two headers, of which a client wrote one.
  return /,\s/.test(method + target) ? 'repeated' : { method, target, header }
}
