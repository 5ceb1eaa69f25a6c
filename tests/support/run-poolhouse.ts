import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How the command line ended. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** Runs `poolhouse` in a folder, with nothing in its environment but what is given. */
export const runPoolhouse = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { cwd, env: { PATH: process.env['PATH'] ?? '', ...env } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
