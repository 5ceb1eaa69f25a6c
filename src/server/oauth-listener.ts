import type { IncomingMessage } from 'node:http'
import { contextOf } from '../api/context-of.ts'
import type { RequestRates } from '../api/request-rates.ts'
import type { Services } from '../context.ts'
import { openHost } from '../flows/open-host.ts'
import { answerEndpoint, type ServedEndpoint } from '../oauth/answer-endpoint.ts'
import type { TakeRate } from '../oauth/endpoint.ts'
import { largestForm } from '../oauth/form.ts'
import { tooManyRequests } from '../oauth/oauth-error.ts'
import type { OAuthReply } from '../oauth/reply.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import { createDomainRates } from './domain-rates.ts'
import { readBody } from './read-body.ts'

/** How the OAuth endpoints treat requests. */
export interface OAuthSettings {
  /** The region of calls before their app client, and with it the pool, is known. */
  readonly defaultRegion: string
  /** Undefined: requests are not limited. */
  readonly rates?: RequestRates | undefined
}

/** What the OAuth endpoints are made of. */
export interface OAuthListenerOptions extends OAuthSettings {
  readonly services: Services
  readonly trustedProxies: TrustedProxies
  /** Bytes of a body of the API; forms have no more. */
  readonly maxBody: number
}

/** Answers a request; undefined when its client went away. */
export type OAuthListener = (incoming: IncomingMessage, endpoint: ServedEndpoint) => Promise<OAuthReply | undefined>

/** The OAuth endpoints as node:http serves them. */
export const createOAuthListener = ({ services, defaultRegion, rates, trustedProxies, maxBody }: OAuthListenerOptions): OAuthListener => {
  const domainRates = createDomainRates(services, rates)

  /** The endpoint, or one that refuses where too many requests came before. */
  const withinRates = async (endpoint: ServedEndpoint, ip: string | undefined, host: string | undefined): Promise<ServedEndpoint> => {
    if (rates === undefined) return endpoint
    const refusing = (error: unknown): ServedEndpoint => ({ ...endpoint, answer: () => Promise.reject(error) })
    try {
      const wait = domainRates.takeRequest({ ip, domain: await openHost(services, host) })
      return wait === undefined ? endpoint : refusing(tooManyRequests(wait))
    } catch (error) {
      return refusing(error)
    }
  }

  return async (incoming, endpoint) => {
    const { method = '', socket } = incoming
    // Node joins repeated headers into one text; only set-cookie, which no request has, is a list.
    const headers = incoming.headers as Record<string, string>
    // A body that nobody wants is left to node, which drains it; one that was read in part would block the connection.
    const isRead = method === 'POST' && endpoint.methods.includes('POST')
    const body = isRead ? await readBody(incoming, Math.min(maxBody, largestForm)) : new Uint8Array(0)
    if (body === 'aborted') return undefined
    const ctx = contextOf(services, {
      requestId: services.random.uuid(),
      operation: endpoint.name,
      region: defaultRegion,
      actor: 'anonymous',
      ip: clientAddress(socket.remoteAddress, headers['x-forwarded-for'], trustedProxies),
      userAgent: headers['user-agent'],
      // guess: userInfo counts towards what a user may read a second.
      takeUserRate: (userId) => {
        const granted = rates?.takeForUser('GetUser', userId) ?? true
        if (!granted) services.meter.count('throttles', { category: 'PerUser' })
        return granted
      },
      mayChooseIds: false,
    })
    const limited = method === 'OPTIONS' ? endpoint : await withinRates(endpoint, ctx.call.ip, headers['host'])
    const takeRate: TakeRate = (category, region) => domainRates.take(category, region, ctx.call.ip)
    return answerEndpoint(ctx, limited, { method, headers, body }, takeRate)
  }
}
