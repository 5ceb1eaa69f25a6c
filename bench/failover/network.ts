import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Where a machine stands in the two networks, by its number. */
export const addressOf = (number: number, network: 'cluster' | 'clients'): string => `10.231.${network === 'cluster' ? 77 : 78}.${number}`

/** Network namespaces that stand for machines, on two switches: one between the databases and one to their clients. */
export interface Network {
  /** Drops what goes to and from a machine, without telling anybody: `cluster` leaves the way to its clients open. */
  cut(machine: string, networks: 'cluster' | 'both'): Promise<void>
  mend(machine: string): Promise<void>
  /** The processes on a machine. */
  processes(machine: string): Promise<readonly number[]>
}

const run = promisify(execFile)
const ip = (...args: readonly string[]) => run('ip', args)

const switches = [
  { name: 'cluster', port: 'c' },
  { name: 'clients', port: 'p' },
] as const
// States of a switch's port (linux/if_bridge.h): a cable that is pulled would be noticed, a switch that drops is not.
const [dropping, forwarding] = ['0', '3']

const setPort = (machine: string, port: string, state: string) =>
  run('bridge', ['link', 'set', 'dev', `${port}-${machine}`, 'state', state])

/** Builds both networks within the network namespace of this process, which is on the clients' one. */
export const openNetwork = async (machines: Readonly<Record<string, number>>): Promise<Network> => {
  await ip('link', 'set', 'lo', 'up')
  for (const { name } of switches) {
    await ip('link', 'add', name, 'type', 'bridge')
    await ip('link', 'set', name, 'up')
  }
  await ip('addr', 'add', `${addressOf(1, 'clients')}/24`, 'dev', 'clients')
  for (const [machine, number] of Object.entries(machines)) {
    await ip('netns', 'add', machine)
    await ip('-n', machine, 'link', 'set', 'lo', 'up')
    for (const { name, port } of switches) {
      await ip('link', 'add', `${port}-${machine}`, 'type', 'veth', 'peer', 'name', name, 'netns', machine)
      await ip('link', 'set', `${port}-${machine}`, 'master', name, 'up')
      await ip('-n', machine, 'addr', 'add', `${addressOf(number, name)}/24`, 'dev', name)
      await ip('-n', machine, 'link', 'set', name, 'up')
    }
  }
  return {
    cut: async (machine, networks) => {
      for (const { name, port } of switches) if (networks === 'both' || networks === name) await setPort(machine, port, dropping)
    },
    mend: async (machine) => {
      for (const { port } of switches) await setPort(machine, port, forwarding)
    },
    processes: async (machine) => {
      const { stdout } = await ip('netns', 'pids', machine)
      return stdout.trim().split('\n').filter(Boolean).map(Number)
    },
  }
}
