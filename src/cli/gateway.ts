import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { type Command, Option } from 'commander'
import { systemClock } from '../clock.ts'
import { createAuthorizeRequest } from '../guard/authorize-request.ts'
import { createGateway, type GatewayDuty } from '../guard/create-gateway.ts'
import { fetchJson } from '../guard/fetch-json.ts'
import { type AskingProxy, askingProxies } from '../guard/forwarded-question.ts'
import { type GatewayRoutes, readRoutes } from '../guard/read-routes.ts'
import { ConfigError } from '../server/config.ts'
import { textOption } from './client/text-option.ts'

const examples = `Stands before an API and lets in whom API Gateway's authorizers would: COGNITO_USER_POOLS of REST APIs, JWT of HTTP APIs.

Examples:
  poolhouse gateway --upstream http://localhost:3000 --config routes.yaml
  curl -H "$(poolhouse token --header --id)" http://localhost:8080/orders
  poolhouse gateway --forward-auth traefik --config routes.yaml      only answers 200, 401 or 403 to a proxy that asks

routes.yaml:
  api: REST                           # or HTTP
  authorizers:
    users:
      issuer: http://localhost:9339/us-east-1_PoolHouse
      # audience: [CLIENT]            # HTTP must have it
      # identitySource: Authorization
  routes:
    - { path: /health, authorizer: NONE }
    - { path: '/orders/{id}', methods: [GET], authorizer: users, scopes: [shop/read] }   # an access token
    - { path: '/{proxy+}', authorizer: users }                                           # an ID token
`

type Options = Readonly<Record<string, unknown>>

const numberOf = (options: Options, name: string, least: number, most: number): number => {
  const given = textOption(options, name) ?? ''
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
  if (value >= least && value <= most) return value
  throw new ConfigError(`--${name} is ${JSON.stringify(given)}. It must be a number from ${least} to ${most}.`)
}

const readConfig = async (path: string | undefined): Promise<GatewayRoutes> => {
  if (path === undefined) throw new ConfigError('Without routes nobody would be let in. Name their file: --config routes.yaml.')
  const [content, { parse }] = await Promise.all([
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new ConfigError(error.code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} can't be read: ${error.message}`)
    }),
    import('yaml'),
  ])
  try {
    return readRoutes(parse(content))
  } catch (error) {
    throw new ConfigError(`${path}: ${error instanceof Error ? error.message : error}`)
  }
}

const dutyOf = (options: Options): GatewayDuty => {
  const upstream = textOption(options, 'upstream')
  const asking = textOption(options, 'forwardAuth') as AskingProxy | undefined
  if ((upstream === undefined) === (asking === undefined))
    throw new ConfigError('A gateway sends requests on or tells a proxy about them: give either --upstream URL or --forward-auth PROXY.')
  if (asking !== undefined) return { asking }
  const url = upstream !== undefined && URL.canParse(upstream) ? new URL(upstream) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search + url.hash + url.username + url.password !== '')
    throw new ConfigError(`--upstream is ${JSON.stringify(upstream)}. It must be the URL of a server, such as http://localhost:3000.`)
  return { upstream: url, patienceMs: numberOf(options, 'timeout', 1, 3600) * 1000 }
}

const run = async (options: Options): Promise<void> => {
  const duty = dutyOf(options)
  const port = numberOf(options, 'port', 0, 65535)
  const host = textOption(options, 'host') ?? '127.0.0.1'
  const routes = await readConfig(textOption(options, 'config'))
  const onFault = (sentence: string) => process.stderr.write(`poolhouse gateway: ${sentence}\n`)
  const authorize = createAuthorizeRequest(routes, { clock: systemClock, fetchJson, onFault })
  const server = createGateway({ api: routes.api, authorize, duty, onFault })
  server.listen(port, host)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'the port is taken. Choose another one with --port.' : error.message
    throw new Error(`The gateway can't listen on ${host}:${port}: ${why}`)
  })
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`
  const where = 'upstream' in duty ? `sends on to ${duty.upstream.href}` : `answers ${duty.asking}`
  process.stdout.write(options['json'] === true ? `${JSON.stringify({ url })}\n` : `Gateway   ${url}, ${where}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close()
      server.closeIdleConnections()
    })
  }
  await once(server, 'close')
}

/** `poolhouse gateway`. */
export const configureGateway = (command: Command): void => {
  command
    .usage('[flags]')
    .addHelpText('before', examples)
    .option('--upstream <URL>', 'where allowed requests go')
    .option('--config <FILE>', 'authorizers and routes')
    .addOption(new Option('--forward-auth <PROXY>', 'no upstream: answer a proxy that asks').choices([...askingProxies]))
    .option('--host <HOST>', 'address to listen on', '127.0.0.1')
    .option('--port <PORT>', 'port to listen on; 0: any free one', '8080')
    .option('--timeout <SECONDS>', 'how long the upstream may do nothing before it answers', '29')
    .option('--json', 'print JSON')
    .action(run)
}
