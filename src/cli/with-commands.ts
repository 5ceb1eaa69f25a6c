import { type Command, Option } from 'commander'
import type { Commands } from '../server/commands.ts'
import { settings } from '../server/settings.ts'
import { gatherDataConfig } from './gather-config.ts'
import { optionOf } from './setting-options.ts'

/** Gives a command the flags that say which data it works on. */
export const addDataOptions = (command: Command): Command => {
  for (const setting of [settings.dataDir, settings.masterKeyFiles, settings.accountId, settings.defaultRegion]) {
    command.addOption(optionOf(setting, 'dev'))
  }
  return command.addOption(
    new Option('--config <FILE>', 'Settings file. (default: ./poolhouse.yaml where there is one)').env('POOLHOUSE_CONFIG'),
  )
}

/** Runs work against the server that is running on the data folder, or on the folder itself when none runs there. */
export const withCommands = async <T>(options: Readonly<Record<string, unknown>>, work: (commands: Commands) => Promise<T>): Promise<T> => {
  const [{ commandSocket, openForCommands, silentLog }, { remoteCommands, sendCommand }] = await Promise.all([
    import('../app.ts'),
    import('../server/admin-socket.ts'),
  ])
  const config = await gatherDataConfig(options)
  const path = commandSocket(config.dataDir)
  if ((await sendCommand(path, 'listAccessKeys', undefined)) !== 'no server') return work(remoteCommands(path))
  const opened = await openForCommands(config, silentLog)
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}
