import { execFile } from 'node:child_process'
import { bareEnvironment, main } from './program.ts'

/** How the command line ended. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `poolhouse` in a folder, with nothing in its environment but what is given, and nothing to read but `input`. */
export const runPoolhouse = (
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { cwd, env: bareEnvironment(env) }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
    child.stdin?.end(input)
  })
