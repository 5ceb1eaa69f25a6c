import { join } from 'node:path'
import { type Bench, type Chapter, connections, wholeSize } from '../chapter.ts'
import type { Figures } from '../errand.ts'
import { atLeast, compared, type Finding, ofSmallerRun, unmeasured } from '../finding.ts'
import { two, whole } from '../numbers.ts'
import { type Contender, openContender } from '../peers/contender.ts'
import type { Peer } from '../peers/peer.ts'
import { startCognitoLocal } from '../peers/peer-cognito-local.ts'
import { startMoto } from '../peers/peer-moto.ts'
import { startProgram } from '../program.ts'
import { median, middle } from '../statistics.ts'

const ours = 'Poolhouse'
const aim = atLeast(10)

/** A server of the comparison, and why it is out of it, if it is. */
interface Entrant {
  readonly name: string
  readonly contender: Contender | undefined
  fault: string | undefined
}

/** What it did with so many users in its pool. */
interface Standing {
  readonly entrant: Entrant
  /** How many there were when the time for making them was over. */
  users: number
  readonly rounds: Figures[]
}

const startOurs = async ({ dist, folder }: Bench): Promise<Peer> => ({ name: ours, ...(await startProgram(dist, join(folder, 'peers'))) })

const starts: Readonly<Record<string, (bench: Bench) => Promise<Peer>>> = {
  [ours]: startOurs,
  'cognito-local': ({ folder, progress }) => startCognitoLocal(folder, progress),
  moto: ({ folder, progress }) => startMoto(folder, progress),
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200)

const enter = async (name: string, bench: Bench): Promise<Entrant> => {
  try {
    const peer = await starts[name]?.(bench)
    return { name: peer?.name ?? name, contender: peer && (await openContender(peer)), fault: undefined }
  } catch (error) {
    return { name, contender: undefined, fault: sentence(error) }
  }
}

/** Work of those that are still in; who fails is out, and the others go on. */
const attempt = async ({ entrant }: Standing, work: (contender: Contender) => Promise<void>): Promise<void> => {
  const { contender, fault } = entrant
  if (contender === undefined || fault !== undefined) return
  await work(contender).catch((error: unknown) => {
    entrant.fault = sentence(error)
  })
}

const measureSize = async (entrants: readonly Entrant[], users: number, { plan, progress }: Bench): Promise<Standing[]> => {
  const { rounds, seconds, fillSeconds } = plan.peers
  const standings: Standing[] = entrants.map((entrant) => ({ entrant, users: 0, rounds: [] }))
  progress(`${users} users in each, at most ${fillSeconds} s`)
  const fill = (standing: Standing) =>
    attempt(standing, async (contender) => {
      standing.users = await contender.fill(users, fillSeconds)
      progress(`${contender.name} has ${standing.users}`)
    })
  await Promise.all(standings.map(fill))
  for (let round = 0; round <= rounds; round++) {
    for (const standing of round % 2 ? standings.toReversed() : standings) {
      await attempt(standing, async ({ signIn }) => {
        const figures = await signIn(standing.users, seconds)
        // The first one warms up.
        if (round > 0) standing.rounds.push(figures)
      })
    }
  }
  return standings
}

const findingOf = (standing: Standing, own: Standing | undefined): Finding => {
  const { entrant, users, rounds } = standing
  const subject = `sign-ins/s / those of ${entrant.name}`
  const figure = `${subject}, ${users.toLocaleString('en')} users`
  const fault = entrant.fault ?? own?.entrant.fault
  if (fault !== undefined || own === undefined) return unmeasured(subject, fault ?? 'no figure of ours', aim)
  const rate = (of: readonly Figures[]) => median(of.map((one) => one.rate))
  const ratio = median(own.rounds.map((one, round) => one.rate / (rounds[round]?.rate ?? Number.NaN)))
  return compared(figure, { measured: rate(own.rounds), against: rate(rounds), unit: '/s', ratio }, aim)
}

const figuresOf = ({ entrant, users, rounds }: Standing) => ({ name: entrant.name, users, ...middle(rounds) })

/** The same sign-ins at Poolhouse and at servers that are made for tests, with pools of several sizes; the aim is about the last one. */
export const measurePeers = async (bench: Bench): Promise<Chapter> => {
  const entrants: Entrant[] = []
  for (const name of Object.keys(starts)) entrants.push(await enter(name, bench))
  const standings: Standing[] = []
  for (const users of bench.plan.peers.sizes) standings.push(...(await measureSize(entrants, users, bench)))
  for (const { contender } of entrants) await contender?.end()
  const [own, ...others] = standings.slice(-entrants.length)
  const isWhole = (bench.plan.peers.sizes.at(-1) ?? 0) >= wholeSize.peerUsers
  const measured = standings.filter(({ rounds }) => rounds.length > 0).map(figuresOf)
  return {
    findings: others.map((other) => findingOf(other, own)).map((finding) => (isWhole ? finding : ofSmallerRun(finding))),
    tables: [
      {
        title: `Sign-ins with a password, ${connections} connections, random users, the same requests at each server`,
        rows: [
          ['', 'users', 'per s', 'p50 ms', 'p99 ms', 'server us'],
          ...measured.map(({ name, users, rate, p50, p99, serverCpu }) => [
            name,
            users.toLocaleString('en'),
            whole(rate),
            two(p50),
            two(p99),
            whole(serverCpu),
          ]),
        ],
      },
    ],
    figures: measured,
  }
}
