import type { Command } from 'commander'
import { settings } from '../server/settings.ts'
import { configOption, optionOf } from './setting-options.ts'

/** Gives a command the flags that say where data lies, for work that needs no key. */
export const addPlaceOptions = (command: Command): Command => {
  for (const setting of [settings.dataDir, settings.database]) command.addOption(optionOf(setting, 'dev'))
  return command.addOption(configOption())
}
