import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { readMasterKeyFile } from '../keys/master-key-file.ts'
import { type Config, ConfigError, type ConfigSources, readConfig, readDataConfig } from '../server/config.ts'
import { type RunCommand, secretVariables } from '../server/settings.ts'
import { authorityFolder } from '../server/tls/authority-folder.ts'
import { type SettingFlags, settingFlags } from './setting-options.ts'

/** The configuration from flags, environment and settings file; secrets are gone from the environment afterwards. */
export const gatherConfig = async (command: RunCommand, options: Readonly<Record<string, unknown>>): Promise<Config> =>
  readConfig(command, await sourcesOf(options))

/** The same for commands that work on a data folder. */
export const gatherDataConfig = async (options: Readonly<Record<string, unknown>>): Promise<Config> =>
  readDataConfig(await sourcesOf(options))

const sourcesOf = async (options: Readonly<Record<string, unknown>>): Promise<ConfigSources> => {
  const flags: SettingFlags = settingFlags(options)
  const named = options['config']
  // A server that a test starts must not become the one that the folder's settings describe, nor leave anything in somebody's home.
  const isForTests = options['lifeline'] === true
  const usual = isForTests ? undefined : await readSettingsFile('poolhouse.yaml', false)
  const file = typeof named === 'string' ? await readSettingsFile(named, true) : usual
  const env = { ...process.env }
  for (const variable of secretVariables) delete process.env[variable]
  return {
    flags,
    env,
    file,
    readMasterKeyFile,
    authorityFolder: isForTests ? undefined : authorityFolder(env, process.platform, homedir()),
  }
}

const readSettingsFile = async (path: string, mustExist: boolean) => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !mustExist) return undefined
    throw new ConfigError(
      error.code === 'ENOENT' ? `There is no settings file at ${path}.` : `The settings file ${path} can't be read: ${error.message}`,
    )
  })
  if (text === undefined) return undefined
  const { parse } = await import('yaml')
  try {
    // Without a schema every value stays the text that somebody wrote: 000000000000 keeps its zeros.
    return { path, values: parse(text, { schema: 'failsafe' }) ?? {} }
  } catch (error) {
    throw new ConfigError(`The settings file ${path} is no valid YAML: ${error instanceof Error ? error.message : error}`)
  }
}
