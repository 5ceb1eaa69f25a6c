import type { Dispatcher } from '../api/dispatch.ts'
import { publicPath } from '../domain/public-path.ts'
import { type BuiltFiles, createBuiltFiles } from './built-files.ts'
import type { ConsoleReply, ConsoleRequest } from './console-request.ts'
import type { ConsoleViews } from './console-views.ts'
import { consoleHeader, foreignFault } from './foreign-fault.ts'
import { answerLive, type LiveFacts } from './live-facts.ts'
import type { FindOperator } from './operator.ts'

/** What the console is made of. */
export interface ConsoleOptions {
  /** The dispatcher whose calls operators prove (authenticate-operator.ts). */
  readonly dispatch: Dispatcher
  readonly findOperator: FindOperator
  /** What the page shows of the server before anything else. */
  readonly facts: ConsoleFacts
  /** Why a client may not come near, as a sentence; undefined when it may. */
  readonly refuse: (request: Pick<ConsoleRequest, 'remoteAddress'>) => string | undefined
  /** The address under which browsers reach the server; its path stands before /console. */
  readonly publicUrl: () => string
  readonly files?: BuiltFiles
  /** Mailbox and metrics; left out where the console shows neither. */
  readonly live?: LiveFacts | undefined
  readonly views?: ConsoleViews
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

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  // The fonts of the design system stand in its style sheet.
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ')

const guarding = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const html = (status: number, body: string): ConsoleReply => ({
  status,
  headers: { ...guarding, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  body,
})

const json = (status: number, value: object): ConsoleReply => ({
  status,
  headers: { ...guarding, 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
})

const notice = (title: string, text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><main><h1>${title}</h1><p>${text}</p></main></html>\n`

const notBuilt = notice('The console is not built', 'Run <code>npm run build</code> in the clone, then load this page again.')

/** The admin console: its page and files, what the page has to know first, and the AWS JSON API where operators count (/console/api). */
export const createConsole = ({
  dispatch,
  findOperator,
  facts,
  refuse,
  publicUrl,
  files = createBuiltFiles(),
  live,
  views = {},
}: ConsoleOptions): Console => {
  const answerApi = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const fault = request.method === 'POST' ? foreignFault(request) : 'The API takes POST.'
    if (fault !== undefined) return json(403, { __type: 'AccessDeniedException', message: fault })
    const reply = await dispatch({ ...request, path: '/', query: '' })
    // No other origin may read an answer that a session allowed.
    const own = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'))
    return { ...reply, headers: { ...guarding, ...Object.fromEntries(own) } }
  }

  const answerSession = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') return json(403, { message: 'The console answers only its own pages.' })
    const operator = await findOperator(request)
    return operator === undefined
      ? json(401, { mode: facts.mode })
      : json(200, { ...facts, publicUrl: publicUrl(), operator: operator.actor })
  }

  const answerLiveFacts = async (request: ConsoleRequest): Promise<ConsoleReply> => {
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') return json(403, { message: 'The console answers only its own pages.' })
    const reply = live && answerLive(live, request, await findOperator(request))
    return reply === undefined
      ? json(404, { message: 'The console tells no such thing.' })
      : { ...reply, headers: { ...guarding, ...reply.headers } }
  }

  const answerView = async (request: ConsoleRequest, name: string, poolId: string): Promise<ConsoleReply> => {
    const site = request.headers['sec-fetch-site']
    // A page of another origin would have to ask before it sends the header, and nobody says yes.
    if ((site !== undefined && site !== 'same-origin') || request.headers[consoleHeader] === undefined)
      return json(403, { __type: 'AccessDeniedException', message: 'The console answers only its own pages.' })
    if ((await findOperator(request)) === undefined)
      return json(401, { __type: 'MissingAuthenticationTokenException', message: 'Sign in to the console first.' })
    const view = Object.hasOwn(views, name) ? await views[name]?.(poolId) : undefined
    const unknown = { __type: 'ResourceNotFoundException', message: `The server tells no ${name} of ${poolId}.` }
    return view === undefined ? json(404, unknown) : json(200, view)
  }

  const answerFile = async ({ headers }: ConsoleRequest, name: string): Promise<ConsoleReply> => {
    const file = await files.file(name, headers['accept-encoding'])
    return file === undefined
      ? html(404, notice('Not found', 'The console has no such file.'))
      : { ...file, headers: { ...guarding, ...file.headers } }
  }

  const answerPage = async (): Promise<ConsoleReply> => {
    const page = await files.page()
    if (page === undefined) return html(503, notBuilt)
    const path = publicUrl() === '' ? '' : publicPath(publicUrl())
    return html(200, page.replace('<base href="/console/"', `<base href="${path}/console/"`))
  }

  return async (request) => {
    const refusal = refuse(request)
    if (refusal !== undefined) return html(403, notice('The console is not open to you', refusal))
    const below = request.path.slice('/console'.length)
    if (below === '/api') return answerApi(request)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { ...html(405, notice('Not allowed', 'This address takes GET.')), headers: { ...guarding, allow: 'GET, HEAD' } }
    }
    if (below === '/session') return answerSession(request)
    if (below.startsWith('/live/')) return answerLiveFacts(request)
    const [, view, poolId] = /^\/views\/([\w-]+)\/([\w-]+)$/.exec(below) ?? []
    if (view !== undefined && poolId !== undefined) return answerView(request, view, poolId)
    if (below.startsWith('/assets/') || below === '/favicon.svg') return answerFile(request, below.slice(1))
    return answerPage()
  }
}
