// What `npm run failover` does on its machines: bench/failover.ts starts it where it may build networks.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { callApi } from '../tests/support/call-api.ts'
import { ledgerCode, openLedger } from '../tests/support/crash-run.ts'
import { startRestartable } from '../tests/support/restartable-server.ts'
import { startCluster } from './failover/cluster.ts'
import { watchEndedGrants } from './failover/ended-grants.ts'
import { failoverPrograms } from './failover/programs.ts'
import { runTrials, trialNames } from './failover/run-trials.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true, default: [...trialNames] }, defaults: { type: 'boolean', default: false } },
})
for (const name of values.only)
  if (!trialNames.includes(name)) throw new Error(`There is no trial ${name}; there are ${trialNames.join(', ')}.`)

// Whoever started this is gone: nobody waits for figures any more.
process.stdin.on('end', () => process.exit(1)).resume()

const say = (text: string) => process.stderr.write(`${text}\n`)
const [folder = ''] = positionals
say('starting a monitor, a primary and two standbys')
const cluster = await startCluster(failoverPrograms() ?? '', folder, values.defaults)
const flags = ['--fixed-code', ledgerCode, '--database', cluster.url]
const env = { POOLHOUSE_MASTER_KEY: randomBytes(32).toString('base64') }
const servers = await Promise.all([1, 2, 3].map(() => startRestartable({ flags, env })))
const urls = servers.map(({ url }) => url)
const [url = '', ...others] = urls
const { ledger, pool } = await openLedger(url, ...others)
const { UserPoolClient } = await callApi(url, 'CreateUserPoolClient', {
  UserPoolId: pool.UserPoolId,
  ClientName: 'without rotation',
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
})
const grants = watchEndedGrants({ urls, UserPoolId: pool.UserPoolId, ClientId: UserPoolClient.ClientId })
const wrong = await runTrials({ cluster, servers, ledger, grants, say }, values.only)
process.stdout.write(
  `${JSON.stringify({ acknowledged: ledger.acknowledged(), ended: grants.acknowledged(), triesToUseWhatHadEnded: grants.tries(), wrong: wrong.length })}\n`,
)
for (const fault of wrong) say(fault)
process.exit(wrong.length > 0 ? 1 : 0)
