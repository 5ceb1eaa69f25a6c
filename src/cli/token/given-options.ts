import type { Command, OptionValues } from 'commander'
import { ConfigError } from '../../server/config.ts'

/** Empty answers to a challenge may be meant. */
const mayBeEmpty: ReadonlySet<string> = new Set(['answer'])

const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.includes(''))

/**
 * The values of a command's options, with what was typed before what a variable says: `--region` leaves a variable's endpoint aside. Throws
 * ConfigError for a flag whose value is empty, as of a shell variable that was never set, and for `--endpoint` with `--region`.
 */
export const givenOptions = (command: Pick<Command, 'opts' | 'getOptionValueSource' | 'options'>): OptionValues => {
  const values = command.opts()
  const isTyped = (name: string) => command.getOptionValueSource(name) === 'cli'
  for (const option of command.options) {
    const name = option.attributeName()
    if (isTyped(name) && isEmpty(values[name]) && !mayBeEmpty.has(name)) throw new ConfigError(`${option.long} must not be empty.`)
  }
  if (!isTyped('region')) return values
  if (isTyped('endpoint')) throw new ConfigError('--endpoint and --region exclude each other. Give one of them.')
  return { ...values, endpoint: undefined }
}
