import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CryptoCost } from './crypto-cost.ts'

/** The folder of this clone, with a slash at its end. */
export const root: string = fileURLToPath(new URL('..', import.meta.url))

/** Runs a script of this clone in a process of its own; answers what it prints. */
export const runNode = (file: string, ...args: string[]): string => runNodeWith({}, file, ...args)

/** The same with more in its environment. */
export const runNodeWith = (env: Readonly<Record<string, string>>, file: string, ...args: string[]): string =>
  execFileSync(process.execPath, [root + file, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })

/** What the arithmetic costs now: the machine's speed changes with its other work. */
export const cryptoCostNow = (): CryptoCost => JSON.parse(runNode('bench/crypto-cost.ts'))
