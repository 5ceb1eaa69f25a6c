import { type Command, Option } from 'commander'
import { type RunCommand, type Setting, settings } from '../server/settings.ts'

/** Flags by setting name, as readConfig takes them. */
export type SettingFlags = Record<string, string | true | readonly string[]>

/** Gives a command the flags of the settings that it knows. */
export const addSettingOptions = (command: Command, name: RunCommand): void => {
  for (const setting of Object.values<Setting<unknown>>(settings)) {
    if (setting.commands.includes(name) && !setting.environmentOnly) command.addOption(optionOf(setting, name))
  }
  command.addOption(configOption())
}

/** The flag that names the settings file. */
export const configOption = (): Option =>
  new Option('--config <FILE>', 'Settings file. (default: ./poolhouse.yaml where there is one)').env('POOLHOUSE_CONFIG')

/** The flags among a command's parsed options. */
export const settingFlags = (options: Readonly<Record<string, unknown>>): SettingFlags =>
  Object.fromEntries(
    Object.values<Setting<unknown>>(settings)
      .map(({ name }) => [name, options[name]])
      .filter(([, value]) => value !== undefined),
  )

/** The flag of a setting, with its default in the command that it is for. */
export const optionOf = (setting: Setting<unknown>, command: RunCommand): Option => {
  const { name, kind, doc, group } = setting
  const option = new Option(
    kind.placeholder ? `--${name} <${kind.placeholder}>` : `--${name}`,
    `${doc}${defaultNote(setting[command], setting.hardened)}`,
  )
  option.attributeName = () => name
  option.helpGroup(`${group}:`)
  if ('list' in kind) option.argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value])
  return option
}

const defaultNote = (value: unknown, hardened: unknown): string => {
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return ''
  const other = hardened === undefined ? '' : `; profile hardened: ${hardened}`
  return ` (default: ${Array.isArray(value) ? value.join(',') : value}${other})`
}
