import type { Command } from 'commander'
import type { Commands } from '../server/commands.ts'
import { ConfigError } from '../server/config.ts'
import { hasData } from '../server/data-folder.ts'
import { silentLog } from '../server/log.ts'
import { settings } from '../server/settings.ts'
import { gatherDataConfig } from './gather-config.ts'
import { configOption, optionOf } from './setting-options.ts'

/** Gives a command the flags that say which data it works on. */
export const addDataOptions = (command: Command): Command => {
  for (const setting of [settings.dataDir, settings.database, settings.masterKeyFiles, settings.accountId, settings.defaultRegion]) {
    command.addOption(optionOf(setting, 'dev'))
  }
  return command.addOption(configOption())
}

// A server that runs has its own.
const settingsOfServer = [settings.database, settings.masterKeyFiles, settings.accountId, settings.defaultRegion]

const refuseFlags = (options: Readonly<Record<string, unknown>>, dataDir: string): void => {
  const given = settingsOfServer.filter(({ name }) => options[name] !== undefined).map(({ name }) => `--${name}`)
  if (given.length === 0) return
  throw new ConfigError(
    `A server runs on the data folder ${dataDir} and works with its own settings. Leave out ${given.join(' and ')}, or stop the server first.`,
  )
}

/**
 * Runs work against the server that is running on the data folder, or on the folder itself when none runs there; only what `mayMake`
 * makes data in a folder that has none, 'serve' only for a server of that kind. Throws ConfigError for flags that a running server would not
 * obey.
 */
export const withCommands = async <T>(
  options: Readonly<Record<string, unknown>>,
  work: (commands: Commands) => Promise<T>,
  { mayMake = false }: { readonly mayMake?: boolean | 'serve' } = {},
): Promise<T> => {
  const [{ openForCommands }, { commandSocket, remoteCommands, sendCommand }] = await Promise.all([
    import('../open-data.ts'),
    import('../server/admin-socket.ts'),
  ])
  const config = await gatherDataConfig(options)
  const path = commandSocket(config.dataDir)
  if ((await sendCommand(path, 'ping')) !== 'no server') {
    refuseFlags(options, config.dataDir)
    return work(remoteCommands(path))
  }
  const makes = mayMake === 'serve' ? config.command === 'serve' : mayMake
  if (!makes && config.database === undefined && !hasData(config.dataDir))
    throw new Error(
      `There is no data in ${config.dataDir}. Name the data folder with --data-dir${mayMake === 'serve' ? ', or give the master key to make it' : ''}.`,
    )
  const opened = await openForCommands(config, silentLog)
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}
