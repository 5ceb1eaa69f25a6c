import { setTimeout as pause } from 'node:timers/promises'
import type { CrashLedger } from '../../tests/support/crash-ledger.ts'
import type { RestartableServer } from '../../tests/support/restartable-server.ts'
import type { Cluster, DatabaseMachine } from './cluster.ts'
import type { EndedGrants } from './ended-grants.ts'

/** What the trials are made on. */
export interface Trials {
  readonly cluster: Cluster
  readonly servers: readonly RestartableServer[]
  readonly ledger: CrashLedger
  readonly grants: EndedGrants
  say(text: string): void
}

interface Trial {
  /** Whether another database has to take the primary's place. */
  readonly moves: boolean
  readonly what: string
  hurt(primary: DatabaseMachine, trials: Trials): Promise<void>
  /** Gives back what was taken, a while after all goes on. */
  heal(primary: DatabaseMachine, trials: Trials): Promise<void>
}

const mend = (primary: DatabaseMachine) => primary.mend()
const start = (primary: DatabaseMachine) => primary.start()
const standbyOf = (primary: DatabaseMachine, { cluster }: Trials) => {
  const standby = cluster.machines.find((machine) => machine !== primary)
  if (standby === undefined) throw new Error('there is no standby')
  return standby
}

const trials: Readonly<Record<string, Trial>> = {
  server: {
    moves: false,
    what: 'a server is killed',
    hurt: async (_, { servers }) => servers[0]?.kill(),
    heal: async (_, { servers }) => servers[0]?.start(),
  },
  postgres: {
    moves: false,
    what: "the primary's PostgreSQL is killed, its keeper goes on",
    hurt: (primary) => primary.killPostgres(),
    heal: async () => undefined,
  },
  primary: {
    moves: true,
    what: 'the whole primary is killed',
    hurt: (primary) => primary.kill(),
    heal: start,
  },
  'half-cut': {
    moves: true,
    what: 'the primary is cut off from standbys and monitor, not from the servers',
    hurt: (primary) => primary.cut('cluster'),
    heal: mend,
  },
  'half-cut-waiting': {
    moves: true,
    what: 'the same while its keeper waits for an answer of the monitor',
    hurt: async (primary, { cluster }) => {
      const goOn = await cluster.stallMonitor()
      // A keeper reports every 5 s.
      await pause(6000)
      await primary.cut('cluster')
      await goOn()
    },
    heal: mend,
  },
  cut: {
    moves: true,
    what: 'the primary is cut off from all',
    hurt: (primary) => primary.cut('both'),
    heal: mend,
  },
  standby: {
    moves: false,
    what: 'a standby is cut off',
    hurt: (primary, all) => standbyOf(primary, all).cut('both'),
    heal: (primary, all) => standbyOf(primary, all).mend(),
  },
  monitor: {
    moves: false,
    what: 'the monitor is killed',
    hurt: (_, { cluster }) => cluster.monitor.kill(),
    heal: (_, { cluster }) => cluster.monitor.start(),
  },
}

/** The trials, by name. */
export const trialNames: readonly string[] = Object.keys(trials)

interface Figures {
  readonly trial: string
  /** ms from the fault on; undefined where nothing had to change. */
  readonly oldPrimaryStopped?: number | undefined
  readonly newPrimary?: number | undefined
  /** ms from the fault until a change was acknowledged after the longest pause. */
  readonly nextChange: number
  /** ms without an acknowledged change; after a fault that stops nothing it says more. */
  readonly longestPause: number
}

/** Notes when changes are acknowledged. */
const watchAcknowledged = (ledger: CrashLedger) => {
  const times: number[] = []
  let before = ledger.acknowledged()
  const timer = setInterval(() => {
    const now = ledger.acknowledged()
    if (now !== before) times.push(performance.now())
    before = now
  }, 5)
  return {
    stop: () => clearInterval(timer),
    isGoingOn: () => (times.at(-1) ?? 0) > performance.now() - 500,
    /** The longest pause that ended after a moment, and when it was over. */
    longestPause: (since: number) => {
      let [end, longest] = [since, 0]
      for (const [n, time] of times.entries()) {
        const pauseBefore = time - Math.max(since, times[n - 1] ?? since)
        if (time > since && pauseBefore > longest) [end, longest] = [time, pauseBefore]
      }
      return { end, longest }
    },
  }
}

const moment = async (since: number, seconds: number, isSo: () => Promise<boolean>): Promise<number> => {
  while (!(await isSo().catch(() => false))) {
    if (performance.now() - since > seconds * 1000) throw new Error(`the cluster did not go on within ${seconds} s`)
    await pause(50)
  }
  return Math.round(performance.now() - since)
}

/** What requests have done twice, by the audit trail, in which each change leaves a row of its own. */
const twice = 'SELECT request_id, action FROM audit GROUP BY request_id, action, subject, outcome HAVING count(*) > 1'

const runTrial = async (all: Trials, { what, hurt, heal, moves }: Trial): Promise<Figures> => {
  const { cluster, ledger, say } = all
  await cluster.settled(180)
  const primary = await cluster.primary()
  if (primary === undefined) throw new Error('there is no primary')
  say(`${what} (${primary.name})`)
  const watch = watchAcknowledged(ledger)
  const work = async (): Promise<Figures> => {
    await pause(3000)
    await hurt(primary, all)
    const began = performance.now()
    let [stopped, moved]: (number | undefined)[] = []
    if (moves) {
      const stopping = moment(began, 180, async () => !(await primary.takesWrites()))
      moved = await moment(began, 180, async () => ![undefined, primary].includes(await cluster.primary()))
      say(`  another one takes its place after ${moved} ms`)
      stopped = await stopping
      say(`  it stopped after ${stopped} ms`)
    }
    // Long enough for a pause to begin, to end, and for all that waited to be told.
    await pause(2000)
    await moment(performance.now(), 120, async () => watch.isGoingOn())
    await pause(moves ? 10_000 : 4000)
    await moment(performance.now(), 120, async () => watch.isGoingOn())
    const { end, longest } = watch.longestPause(began)
    say(`  a change was acknowledged after ${Math.round(end - began)} ms`)
    await heal(primary, all)
    await cluster.settled(180)
    // The one that came back is not to be used for anything.
    await pause(3000)
    return {
      trial: what,
      oldPrimaryStopped: stopped,
      newPrimary: moved,
      nextChange: Math.round(end - began),
      longestPause: Math.round(longest),
    }
  }
  const working = work()
  try {
    await ledger.workThrough(working)
    return await working
  } finally {
    watch.stop()
  }
}

/** Makes the trials one after another while clients work, prints their figures as a table, and answers what is wrong. */
export const runTrials = async (all: Trials, names: readonly string[]): Promise<string[]> => {
  const { cluster, ledger, grants, say } = all
  const wrong: string[] = []
  const rows: Record<string, unknown>[] = []
  for (const name of names) {
    const trial = trials[name]
    if (trial === undefined) continue
    const before = { acknowledged: ledger.acknowledged(), ended: grants.acknowledged(), tries: grants.tries() }
    const figures = await runTrial(all, trial).catch(async (error: unknown) => {
      throw new Error(`${trial.what}: ${String(error)}; ${await cluster.describe().catch(String)}`)
    })
    const besides = (figures.oldPrimaryStopped ?? 0) - (figures.newPrimary ?? Infinity)
    if (besides > 0) wrong.push(`${trial.what}: the old primary went on for ${besides} ms beside the new one`)
    const faults = await ledger.check('all')
    wrong.push(...faults.map((fault) => `${trial.what}: ${fault}`))
    rows.push({
      ...figures,
      acknowledged: ledger.acknowledged() - before.acknowledged,
      ended: grants.acknowledged() - before.ended,
      tries: grants.tries() - before.tries,
      lost: faults.length,
    })
    say(JSON.stringify(rows.at(-1)))
  }
  await grants.stop()
  wrong.push(...grants.wrong)
  for (const row of await cluster.query(twice)) wrong.push(`done twice: ${JSON.stringify(row)}`)
  console.table(rows)
  return wrong
}
