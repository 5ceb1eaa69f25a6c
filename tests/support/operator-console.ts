import { createDispatcher } from '../../src/api/dispatch.ts'
import { createGate } from '../../src/compute/gate.ts'
import { createAuditView } from '../../src/console/audit-view.ts'
import { createHashLine, type HashLine } from '../../src/console/hash-line.ts'
import { createOperatorConsole } from '../../src/console/operator-console.ts'
import type { Log, Policy } from '../../src/context.ts'
import { operations } from '../../src/operations/index.ts'
import { type Commands, createCommands } from '../../src/server/commands.ts'
import { createConsoleDoor } from '../../src/server/console-door.ts'
import { createHarness, type Harness, testRegion } from './harness.ts'
import { createVisitor, type Send, type Visitor } from './operator-visitor.ts'

/** The console of `serve` over services with a clock that only moves when told. */
export interface OperatorConsole {
  readonly harness: Harness
  readonly commands: Commands
  /** Everything that was logged, as text. */
  readonly logged: string[]
  /** A browser on the machine itself. */
  visitor(): Visitor
  /** One that comes through the proxy. */
  visitorFrom(remoteAddress: string): Visitor
  /** A link for a new operator, made by the command line. */
  invite(name: string, policy?: object): Promise<string>
}

/** May do everything. */
export const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

const host = 'localhost:9340'
const proxy = '10.0.0.1'

/** Opens the console; `adminUrl` is that of a proxy. */
export const openOperatorConsole = async ({
  adminUrl,
  policy = {},
  afterProof = async () => undefined,
}: {
  readonly adminUrl?: string
  /** Runs when a password was looked at, before anything follows from it. */
  readonly afterProof?: () => Promise<unknown>
  readonly policy?: Partial<Policy>
} = {}): Promise<OperatorConsole> => {
  const harness = await createHarness(policy)
  const logged: string[] = []
  const note = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  const services = { ...harness, log }
  const address = () => adminUrl ?? `http://${host}`
  const line = createHashLine(createGate(2))
  const hashing: HashLine = async (who, work) => {
    const done = await line(who, work)
    await afterProof()
    return done
  }
  const answer = createOperatorConsole({
    services: { ...services, hashing, adminUrl: address },
    dispatcherFor: (authenticate) =>
      createDispatcher({
        services,
        operations,
        settings: { auth: 'verify', authenticate, defaultRegion: testRegion, idsChosenBy: 'permission', strictErrors: true },
      }),
    facts: { accountId: '000000000000', regions: [testRegion], defaultRegion: testRegion, operations: ['ListUsers'] },
    publicUrl: 'https://id.example.com',
    ...createConsoleDoor(adminUrl, (address) => address === proxy),
    live: { messages: () => [], metrics: () => 'poolhouse_requests_total 1', history: () => [] },
    views: { audit: createAuditView(services) },
    files: { page: async () => '<base href="/console/" /><p>page</p>', file: async () => undefined },
  })
  const sendFrom =
    (remoteAddress: string): Send =>
    async ({ body, ...request }) => {
      const reply = await answer({
        ...request,
        body: Buffer.from(body, 'utf8'),
        peer: adminUrl === undefined ? remoteAddress : proxy,
        remoteAddress,
      })
      const text = Buffer.from(reply.body).toString('utf8')
      const isJson = reply.headers['content-type']?.includes('json') === true && text !== ''
      return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(text) : text }
    }
  const commands = createCommands({
    services,
    rotateMasterKey: harness.rotateMasterKey,
    seed: async () => [],
    adminUrl: address,
  })
  return {
    harness,
    commands,
    logged,
    visitor: () => createVisitor(sendFrom('127.0.0.1'), host),
    visitorFrom: (remoteAddress) => createVisitor(sendFrom(remoteAddress), new URL(address()).host, 'https'),
    invite: async (name, document = everything) => (await commands.createOperator({ name, policy: document })).link,
  }
}
