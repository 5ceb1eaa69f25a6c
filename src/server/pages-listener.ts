import type { IncomingMessage } from 'node:http'
import { contextOf } from '../api/context-of.ts'
import type { RequestRates } from '../api/request-rates.ts'
import type { Services } from '../context.ts'
import { findClient } from '../flows/open-client.ts'
import { openHost } from '../flows/open-host.ts'
import type { OAuthRequest } from '../oauth/endpoint.ts'
import { largestForm, readForm } from '../oauth/form.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { areTexts, clearParameters, type Parameters, readParameters } from '../oauth/parameters.ts'
import { answerPage, faultPage, type Reading, type ServedPage } from '../pages/answer-page.ts'
import { readCookies } from '../pages/cookies.ts'
import type { PageReply, PageRequest } from '../pages/page.ts'
import { throttledPage } from '../pages/throttled-page.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import { createDomainRates } from './domain-rates.ts'
import { readBody } from './read-body.ts'

/** What the hosted pages are made of. */
export interface PagesListenerOptions {
  readonly services: Services
  readonly trustedProxies: TrustedProxies
  /** The region of calls before their app client, and with it the pool, is known. */
  readonly defaultRegion: string
  /** Undefined: requests are not limited. */
  readonly rates?: RequestRates | undefined
}

/** Answers a request; undefined when its client went away. */
export type PagesListener = (incoming: IncomingMessage, page: ServedPage, path: string, search: string) => Promise<PageReply | undefined>

const nothing: Parameters = new Map()

/** The parameters of a form; undefined for anything that is none, or that nobody can have typed. */
const findForm = (request: Pick<OAuthRequest, 'headers' | 'body'>): Parameters | undefined => {
  try {
    const form = readForm(request)
    return areTexts(form) ? form : undefined
  } catch (error) {
    if (error instanceof OAuthError) return undefined
    throw error
  }
}

/** Whether the request is what the page's category counts. */
const isCounted = ({ methods }: ServedPage, method: string): boolean => method === (methods.includes('POST') ? 'POST' : 'GET')

/** The hosted pages as node:http serves them. */
export const createPagesListener = ({ services, trustedProxies, defaultRegion, rates }: PagesListenerOptions): PagesListener => {
  const domainRates = createDomainRates(services, rates)

  const regionOf = async ({ domain }: PageRequest, clientId: string | undefined): Promise<string> => {
    if (domain !== undefined) return domain.pool.region
    return (clientId && (await findClient(services, clientId))?.pool.region) || defaultRegion
  }

  /** The ms until the request may come again; undefined where it may go on. */
  const waitFor = async (page: ServedPage, request: PageRequest, method: string, ip: string | undefined): Promise<number | undefined> => {
    if (rates === undefined || page.isUnlimited) return undefined
    const clientId = request.query.get('client_id')
    const wait = domainRates.takeRequest({ ip, domain: request.domain, clientId })
    if (wait !== undefined || page.category === undefined || !isCounted(page, method)) return wait
    return domainRates.take(page.category, await regionOf(request, clientId), ip)
  }

  return async (incoming, page, path, search) => {
    // Node joins repeated headers into one text; only set-cookie, which no request has, is a list.
    const headers = incoming.headers as Record<string, string>
    const method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? '')
    const body = method === 'POST' ? await readBody(incoming, largestForm) : undefined
    if (body === 'aborted') return undefined
    const form = body === undefined ? nothing : findForm({ headers, body })
    const query = readParameters(search)
    const ctx = contextOf(services, {
      requestId: services.random.uuid(),
      operation: page.name,
      region: defaultRegion,
      actor: 'anonymous',
      ip: clientAddress(incoming.socket.remoteAddress, headers['x-forwarded-for'], trustedProxies),
      userAgent: headers['user-agent'],
      mayChooseIds: false,
    })
    const clear = typeof query === 'string' || !areTexts(query) ? clearParameters(search) : query
    const reading: Reading = clear === undefined || form === undefined ? 'malformed' : clear === query ? 'whole' : 'unclear'
    const received: PageRequest = {
      method: method === 'POST' ? 'POST' : 'GET',
      path,
      search,
      query: (reading !== 'malformed' && clear) || nothing,
      form: (reading === 'whole' && form) || nothing,
      cookies: readCookies(headers['cookie']),
      headers,
      domain: undefined,
    }
    try {
      const request = { ...received, domain: await openHost(services, headers['host']) }
      const wait = await waitFor(page, request, method, ctx.call.ip)
      if (wait !== undefined) return throttledPage(ctx, request, wait)
      return await answerPage(ctx, page, request, { method, reading })
    } catch (error) {
      return faultPage(ctx, received, error)
    }
  }
}
