import type { Dispatcher } from '../api/dispatch.ts'
import { isLoopback } from '../domain/is-loopback.ts'
import { publicPath } from '../domain/public-path.ts'
import type { AnswerEndpoint } from './answer-endpoint.ts'
import { type BuiltFiles, createBuiltFiles } from './built-files.ts'
import type { ConsolePlace, PlaceOf } from './console-place.ts'
import { createReplies } from './console-replies.ts'
import type { ConsoleReply, ConsoleRequest } from './console-request.ts'
import type { ConsoleViews } from './console-views.ts'
import { endpointPaths } from './endpoint-paths.ts'
import { consoleHeader, foreignFault, foreignReadFault } from './foreign-fault.ts'
import { answerLive, type LiveFacts } from './live-facts.ts'
import { type FindOperator, mayDo, type Operator } from './operator.ts'
import type { OperatorServices } from './operator-services.ts'

/** What the console is made of. */
export interface ConsoleOptions {
  /** The dispatcher whose calls operators prove (authenticate-operator.ts). */
  readonly dispatch: Dispatcher
  readonly findOperator: FindOperator
  /** What the page shows of the server before anything else. */
  readonly facts: ConsoleFacts
  /** Why a client may not come near, as a sentence; undefined when it may. */
  readonly refuse: (request: Pick<ConsoleRequest, 'peer' | 'remoteAddress' | 'headers'>) => string | undefined
  /** The address under which applications and browsers reach the server. */
  readonly publicUrl: () => string
  /** Where browsers reach the console; left out where it stands below the public address. */
  readonly placeOf?: PlaceOf | undefined
  /** Signing in, and looking after operators; left out where everybody is one. */
  readonly endpoints?: AnswerEndpoint | undefined
  /** Origins that the page may ask beside its own. */
  readonly connect?: readonly string[]
  readonly files?: BuiltFiles
  /** Mailbox and metrics; left out where the console shows neither. */
  readonly live?: LiveFacts | undefined
  readonly views?: ConsoleViews
  /** What tells faults of the server to whoever looks after it. */
  readonly faults: Pick<OperatorServices, 'log' | 'random'>
}

/** What the console's page knows of its server. */
export interface ConsoleFacts {
  readonly mode: 'dev' | 'serve'
  readonly accountId: string
  /** The regions that it answers for; undefined = any. */
  readonly regions: readonly string[] | undefined
  readonly defaultRegion: string
  /** The operations that it has. */
  readonly operations: readonly string[]
}

/** Answers everything at and below /console. */
export type Console = (request: ConsoleRequest) => Promise<ConsoleReply>

const notice = (title: string, text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><main><h1>${title}</h1><p>${text}</p></main></html>\n`

const notBuilt = notice('The console is not built', 'Run <code>npm run build</code> in the clone, then load this page again.')

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

// On localhost it would bind the programs of others too.
const isStrict = ({ isSecure }: ConsolePlace, host: string | undefined): boolean =>
  isSecure && URL.canParse(`https://${host}`) && !isLoopback(new URL(`https://${host}`).hostname.replace(/^\[|\]$/g, ''))

/** Addresses of endpoints that are there only where people sign in; a GET without the console's header is for a page of the same name. */
const isEndpoint = ({ method, headers }: ConsoleRequest, below: string): boolean =>
  endpointPaths.some((path) => path === below) && (method === 'POST' || (method === 'GET' && headers[consoleHeader] !== undefined))

/** The admin console: its page and files, what the page has to know first, and the AWS JSON API where operators count (/console/api). */
export const createConsole = (options: ConsoleOptions): Console => {
  const {
    dispatch,
    findOperator,
    facts,
    refuse,
    publicUrl,
    endpoints,
    connect = [],
    files = createBuiltFiles(),
    live,
    views = {},
    faults,
  } = options
  const { html, json, guarded } = createReplies(connect)
  const placeOf: PlaceOf = options.placeOf ?? (() => ({ path: publicUrl() === '' ? '' : publicPath(publicUrl()), isSecure: false }))

  const answerApi = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const fault = request.method === 'POST' ? foreignFault(request) : 'The API takes POST.'
    if (fault !== undefined) return json(403, { __type: 'AccessDeniedException', message: fault })
    const reply = await dispatch({ ...request, path: '/', query: '' })
    // No other origin may read an answer that a session allowed.
    const own = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'))
    return guarded({ ...reply, headers: Object.fromEntries(own) })
  }

  const permissionsOf = (operator: Operator) => ({
    metrics: live !== undefined && mayDo(operator, 'ReadMetrics'),
    mailbox: live?.messages !== undefined && mayDo(operator, 'ReadMessages'),
    operators: endpoints !== undefined && mayDo(operator, 'ListOperators'),
    audit: endpoints !== undefined && mayDo(operator, 'ReadAuditTrail'),
  })

  const answerSession = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const operator = await findOperator(request, 'looks')
    if (operator === undefined) return json(401, { mode: facts.mode })
    return json(200, { ...facts, publicUrl: publicUrl(), operator: operator.name ?? operator.actor, may: permissionsOf(operator) })
  }

  const answerLiveFacts = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const reply = live && (await answerLive(live, request, await findOperator(request, 'looks')))
    return reply === undefined ? json(404, { message: 'The console tells no such thing.' }) : guarded(reply)
  }

  const showView = async (request: ConsoleRequest, name: string, poolId: string, after: string | undefined): Promise<ConsoleReply> => {
    const operator = await findOperator(request, 'looks')
    if (operator === undefined)
      return json(401, { __type: 'MissingAuthenticationTokenException', message: 'Sign in to the console first.' })
    const view = Object.hasOwn(views, name) ? await views[name]?.(poolId, { operator, after }) : undefined
    if (view === 'denied')
      return json(403, { __type: 'AccessDeniedException', message: `No policy of yours allows you to see the ${name} of ${poolId}.` })
    if (view === 'no such page') return json(400, { __type: 'InvalidParameterException', message: `No page of the ${name} ends there.` })
    const unknown = { __type: 'ResourceNotFoundException', message: `The server tells no ${name} of ${poolId}.` }
    return view === undefined ? json(404, unknown) : json(200, view)
  }

  const answerView: typeof showView = async (request, name, ...question) => {
    try {
      return await showView(request, name, ...question)
    } catch (error) {
      const requestId = faults.random.uuid()
      faults.log.error({ requestId, view: name, err: error }, 'the console failed because of a fault of the server')
      const message = `The server could not answer. Its log tells why, at ${requestId}.`
      return json(500, { __type: 'InternalErrorException', message })
    }
  }

  const answerEndpoint = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const reply = await endpoints?.(request)
    if (reply !== undefined) return json(reply.status, reply.value, reply.headers)
    return json(404, { __type: 'ResourceNotFoundException', message: 'Nobody signs in to this console, or nothing is at this address.' })
  }

  const answerFile = async ({ headers }: ConsoleRequest, name: string): Promise<ConsoleReply> => {
    const file = await files.file(name, headers['accept-encoding'])
    return file === undefined ? html(404, notice('Not found', 'The console has no such file.')) : guarded(file)
  }

  const answerPage = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const page = await files.page()
    if (page === undefined) return html(503, notBuilt)
    return html(200, page.replace('<base href="/console/"', `<base href="${placeOf(request).path}/console/"`))
  }

  const answer = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const below = request.path.slice('/console'.length)
    if (below === '/api') return answerApi(request)
    if (isEndpoint(request, below)) return answerEndpoint(request)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return html(405, notice('Not allowed', 'This address takes GET.'), { allow: 'GET, HEAD' })
    if (/^\/(?:session$|live\/|views\/)/.test(below)) {
      const fault = foreignReadFault(request)
      if (fault !== undefined) return json(403, { __type: 'AccessDeniedException', message: fault })
      if (below === '/session') return answerSession(request)
      if (below.startsWith('/live/')) return answerLiveFacts(request)
      const [, view = '', poolId = '', after] = /^\/views\/([\w-]+)\/([\w-]+)(?:\/([\w.%-]+))?$/.exec(below) ?? []
      // What can't be decoded is no page's end, and is refused as such.
      return answerView(request, view, poolId, after === undefined ? undefined : (decoded(after) ?? after))
    }
    if (below.startsWith('/assets/') || below === '/favicon.svg') return answerFile(request, below.slice(1))
    return answerPage(request)
  }

  return async (request) => {
    const refusal = refuse(request)
    if (refusal !== undefined) return html(403, notice('The console is not open to you', refusal))
    const reply = await answer(request)
    return isStrict(placeOf(request), request.headers['host'])
      ? { ...reply, headers: { ...reply.headers, 'strict-transport-security': 'max-age=31536000' } }
      : reply
  }
}
