import { ConfigError } from '../../server/config.ts'
import type { Terminal } from '../token/terminal.ts'

/** Where the app client's secret may stand. */
export const clientSecretVariable = 'POOLHOUSE_POSTMAN_CLIENT_SECRET'

/** Where the password of the JMeter plan's user may stand. */
export const passwordVariable = 'POOLHOUSE_POSTMAN_PASSWORD'

/** A secret that a flag stands for, and where else it may be. */
export interface SecretOption {
  readonly flag: '--client-secret' | '--password'
  /** What was given with the flag; undefined without it. */
  readonly given: unknown
  readonly variable: string
}

/**
 * A secret from its variable, or from a line of standard input where the flag's value is `-`; undefined where neither was given. Throws
 * ConfigError, which repeats nothing, for a value on the command line, which other users of the machine see.
 */
export const givenSecret = async (
  { flag, given, variable }: SecretOption,
  { env, terminal }: { readonly env: NodeJS.ProcessEnv; readonly terminal: Pick<Terminal, 'line'> },
): Promise<string | undefined> => {
  if (given === undefined) return env[variable] || undefined
  if (given !== '-') {
    throw new ConfigError(
      `${flag} takes no value but - (a line of standard input), because other users of the machine see flags. Or set ${variable}.`,
    )
  }
  const line = await terminal.line(`${flag}: `, { hidden: true })
  if (!line) throw new ConfigError(`${flag} should come from standard input, which had no line for it.`)
  return line
}
