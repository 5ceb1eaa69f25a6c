import type { Command } from 'commander'
import { settings } from '../server/settings.ts'
import { gatherDataConfig } from './gather-config.ts'
import { addPlaceOptions } from './place-options.ts'
import { optionOf } from './setting-options.ts'

const examples = `Puts a backup into a data folder without data, while no server runs on it. The file is checked first, and the master key that the data
was written under has to be given; for a folder of \`poolhouse dev\`, put its master.key into the new folder before.

Everybody has to sign in again: what was ended, spent or revoked after the backup would be good once more. --keep-sessions leaves refresh
tokens, sessions and codes as they were.

Example:
  poolhouse restore --data-dir /var/lib/poolhouse --master-key-file master.key /backups/poolhouse-monday.db
`

/** `poolhouse restore FILE`. */
export const configureRestore = (command: Command): void => {
  addPlaceOptions(command.argument('<file>', 'a file that `poolhouse backup` wrote'))
    .addOption(optionOf(settings.masterKeyFiles, 'dev'))
    .addHelpText('before', examples)
    .option('--keep-sessions', 'leave refresh tokens, sessions and codes of the backup good')
    .action(async (file: string, options: Record<string, unknown>) => {
      const [{ restoreData }, config] = await Promise.all([import('../work-on-data.ts'), gatherDataConfig(options)])
      const keepSessions = options['keepSessions'] === true
      await restoreData(config, { file, keepSessions })
      const sessions = keepSessions ? 'Sessions and refresh tokens of the backup are good.' : 'Everybody has to sign in again.'
      process.stdout.write(`${file} is restored into ${config.dataDir}. ${sessions}\n`)
    })
}
