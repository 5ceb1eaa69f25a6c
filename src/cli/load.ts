import type { Command } from 'commander'
import { monotonicClock } from '../clock.ts'
import { loadedGroup, loadedName, loadedPassword, loadedStep, mostLoadedUsers } from '../domain/loaded-user.ts'
import { ConfigError } from '../server/config.ts'
import type { LoadFacts } from '../server/load-target.ts'
import { createProgressBar } from './progress-bar.ts'
import { addDataOptions } from './with-commands.ts'

const examples = `Fills a user pool with made-up users, as quickly as the store takes rows: for load tests, and to see what a pool of your size costs before
you have it. Makes the pool and an app client where they are not there. Run again it adds what is missing up to --users, also after an
interruption.

Anybody who reads this knows the passwords of these accounts. Never load into a pool that people use: a pool that holds other users,
or has an app client while it is empty, is refused, and so is a data folder on which a server runs.

Users are named load-00000000, load-00000001 and so on. Each has an e-mail address (load-00000000@example.com), a phone number
(+155500000000), a name, and every second a preferred user name (nick-00000000); 90 % are CONFIRMED, 2 % are disabled. A password check is tied
to the user's name, so each password that opens costs a computation: of the users of each run at most --passwords have one, spread over the
pool. The command prints which.

Example:
  poolhouse load --users 1000000 --pool 'Load test'
`

type Options = Readonly<Record<string, unknown>>

const numberOf = (options: Options, name: string, most: number): number => {
  const value = Number(options[name])
  const least = name === 'groups' ? 0 : 1
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new ConfigError(`--${name} must be a whole number from ${least} to ${most}.`)
}

/** Says on a terminal by a bar, elsewhere by a line for each tenth, how far it is and how fast. */
const createReport = () => {
  const bar = createProgressBar()
  const begun = monotonicClock.now()
  let first: number | undefined
  let said = ''
  return {
    show: ({ done, total, users }: { done: number; total: number; users: number }) => {
      first ??= done
      const rate = Math.round((((done - first) / total) * users) / ((monotonicClock.now() - begun) / 1000))
      bar.show(done / total, `${rate} users/s`)
      const line = `loading: ${Math.floor((done / total) * 10) * 10} %`
      if (!process.stderr.isTTY && line !== said) process.stderr.write(`${line}\n`)
      said = line
    },
    clear: bar.clear,
  }
}

/** Some of those who can sign in. */
const namesOf = ({ users, step }: LoadFacts): string[] => [0, step, 2 * step].filter((index) => index < users).map(loadedName)

const textOf = (facts: LoadFacts): string => {
  const { userPoolId, clientId, users, step, added, groups, seconds } = facts
  const rate = seconds > 0 ? ` in ${seconds.toFixed(1)} s, ${Math.round(added / seconds)} a second` : ''
  return [
    `user pool   ${userPoolId}`,
    `app client  ${clientId}`,
    `users       ${users}, ${loadedName(0)} to ${loadedName(users - 1)}; ${added} added${rate}`,
    `passwords   ${loadedPassword} for every ${step}th: ${namesOf(facts).join(', ')}${users > 3 * step ? ' ...' : ''}`,
    ...(groups > 0 ? [`groups      ${loadedGroup(0)} to ${loadedGroup(groups - 1)}, with the users added by this run`] : []),
    '',
  ].join('\n')
}

/** `poolhouse load --users N`. */
export const configureLoad = (command: Command): void => {
  addDataOptions(command)
    .addHelpText('before', examples)
    .requiredOption('--users <N>', 'how many loaded users the pool shall have')
    .option('--pool <NAME-OR-ID>', 'the pool; made where it is not there', 'Load test')
    .option('--groups <N>', 'so many groups, load-group-0 and so on, with every user added by this run in one of them', '0')
    .option('--passwords <N>', 'how many users of this run can sign in, at most', '1000')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const users = numberOf(options, 'users', mostLoadedUsers)
      const [groups, passwords] = [numberOf(options, 'groups', 10_000), numberOf(options, 'passwords', mostLoadedUsers)]
      const [{ loadPool }, { gatherDataConfig }, { silentLog }, { inMemory }] = await Promise.all([
        import('../open-data.ts'),
        import('./gather-config.ts'),
        import('../server/log.ts'),
        import('../server/data-folder.ts'),
      ])
      const config = await gatherDataConfig(options)
      if (config.database === undefined && config.dataDir === inMemory) throw new ConfigError('Nothing is kept in :memory:. Name a folder.')
      process.stderr.write('The accounts that are loaded have known passwords: for load tests only, never in a pool that people use.\n')
      const report = createReport()
      const request = { pool: String(options['pool']), users, groups, step: loadedStep(users, passwords), progress: report.show }
      const facts = await loadPool(config, silentLog, request).finally(report.clear)
      if (options['json'] !== true) return void process.stdout.write(textOf(facts))
      const { step, ...rest } = facts
      const signIn = { password: loadedPassword, everyNth: step, usernames: namesOf(facts) }
      process.stdout.write(`${JSON.stringify({ ...rest, signIn })}\n`)
    })
}
