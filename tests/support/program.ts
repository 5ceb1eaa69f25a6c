import { fileURLToPath } from 'node:url'

/** The command, as its sources have it. */
export const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** An environment for it: what is given, and of this process's where programs are and where compiled code is kept. */
export const bareEnvironment = (given: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const kept = ['PATH', 'NODE_COMPILE_CACHE'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), ...given }
}
