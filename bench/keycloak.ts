/** Sign-ins with a password at a Keycloak of yours and at Poolhouse, in turns, by the same client: `npm run bench:keycloak -- --help`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connections as usual } from './chapter.ts'
import { columns } from './columns.ts'
import { two, whole } from './numbers.ts'
import { benchPool, password, seedDocument, userName } from './pool.ts'
import { startProgram } from './program.ts'
import { root } from './run-node.ts'
import { median, middle } from './statistics.ts'
import { type WebFigures, type WebRequest, webSignIns } from './web-sign-ins.ts'

const help = `Usage: npm run bench:keycloak -- --url URL --realm REALM --client-id ID --users FILE [options]

Signs random users in at a Keycloak that runs already and at the Poolhouse of this clone (npm run build first), in turns, and prints
sign-ins per second and latency of both. It needs of Keycloak:

  - a realm of its own for this, because every sign-in leaves a session in it;
  - an OpenID Connect client with "Direct access grants" switched on; of a confidential one also its secret;
  - users with a password and nothing else to do: no required actions, no OTP, e-mail verified, first and last name set;
  - brute force detection off, or at least no wrong password in the file.

  --url URL              address of the Keycloak, with its path if it has one: http://localhost:8080
  --realm REALM
  --client-id ID
  --client-secret TEXT   better as the variable KEYCLOAK_CLIENT_SECRET
  --users FILE           one NAME:PASSWORD a line
  --connections COUNT    sign-ins under way at once (${usual})
  --seconds SECONDS      for each round (5)
  --rounds COUNT         of which the medians are shown (5)

Both servers should have the same cores to themselves and this client others; on one machine all three share them. Keycloak hashes
passwords with Argon2 unless a realm says otherwise, and Poolhouse proves them by SRP: the figures compare what a sign-in costs as the
two are set up, not the same arithmetic.
`

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    realm: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    users: { type: 'string' },
    connections: { type: 'string', default: `${usual}` },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
})

const quit = (text: string, status: number): never => {
  process[status === 0 ? 'stdout' : 'stderr'].write(text)
  process.exit(status)
}
if (options.help) quit(help, 0)

const required = (name: 'url' | 'realm' | 'client-id' | 'users'): string => options[name] ?? quit(`--${name} is missing.\n\n${help}`, 1)
const [url, realm, clientId, file] = [required('url'), required('realm'), required('client-id'), required('users')]
const [connections, seconds, rounds] = [Number(options.connections), Number(options.seconds), Number(options.rounds)]
if (!(connections >= 1 && seconds > 0 && rounds >= 1)) quit('--connections, --seconds and --rounds want numbers above 0.\n', 1)

const form = { 'content-type': 'application/x-www-form-urlencoded' }

const keycloakSignIns = (): (() => WebRequest) => {
  const secret = options['client-secret'] ?? process.env['KEYCLOAK_CLIENT_SECRET']
  const endpoint = `${url.replace(/\/$/, '')}/realms/${encodeURIComponent(realm)}/protocol/openid-connect/token`
  const lines = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean)
  const requests = lines.map((line, at) => {
    const colon = line.indexOf(':')
    if (colon < 1) return quit(`Line ${at + 1} of ${file} is not NAME:PASSWORD.\n`, 1)
    const fields = {
      grant_type: 'password',
      scope: 'openid',
      client_id: clientId,
      username: line.slice(0, colon),
      password: line.slice(colon + 1),
    }
    const body = new URLSearchParams(secret === undefined ? fields : { ...fields, client_secret: secret })
    return { url: endpoint, headers: form, body: body.toString() }
  })
  if (requests.length === 0) quit(`${file} has no users.\n`, 1)
  return () => requests[Math.floor(Math.random() * requests.length)] as WebRequest
}

const ownSignIns = (address: string): (() => WebRequest) => {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' }
  const bodies = Array.from({ length: benchPool.users }, (_, index) =>
    JSON.stringify({
      ClientId: benchPool.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: userName(index), PASSWORD: password },
    }),
  )
  return () => ({ url: address, headers, body: bodies[Math.floor(Math.random() * bodies.length)] ?? '' })
}

const folder = mkdtempSync(join(tmpdir(), 'poolhouse-keycloak-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const theirs = keycloakSignIns()
const program = await startProgram(join(root, 'dist'), folder)
const address = `http://127.0.0.1:${program.port}/`
const seeded = await fetch(`${address}_poolhouse/seed`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ pools: seedDocument.pools.slice(0, 1) }),
})
if (!seeded.ok) quit(`${await seeded.text()}\n`, 1)

const sides = [
  { name: 'Keycloak', make: theirs, rounds: [] as WebFigures[] },
  { name: 'Poolhouse', make: ownSignIns(address), rounds: [] as WebFigures[] },
] as const
try {
  for (const { make } of sides) await webSignIns(make, connections, seconds)
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 ? sides.toReversed() : sides) side.rounds.push(await webSignIns(side.make, connections, seconds))
  }
} catch (error) {
  quit(`${error instanceof Error ? error.message : String(error)}\n`, 1)
}
await program.stop()

const [keycloak, poolhouse] = sides
const ratio = median(poolhouse.rounds.map(({ rate }, round) => rate / (keycloak.rounds[round]?.rate ?? Number.NaN)))
const rows = sides.map((side) => {
  const { rate, p50, p99 } = middle(side.rounds)
  return [side.name, whole(rate), two(p50), two(p99)]
})
process.stdout.write(`${connections} connections, medians of ${rounds} rounds of ${seconds} s\n\n`)
process.stdout.write(columns([['', 'per s', 'p50 ms', 'p99 ms'], ...rows]))
process.stdout.write(`\nsign-ins/s of Poolhouse / of Keycloak: ${two(ratio)}\n`)
