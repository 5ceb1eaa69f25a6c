import type { Command } from 'commander'
import { gatherDataConfig } from './gather-config.ts'
import { addPlaceOptions } from './place-options.ts'
import { createProgressBar } from './progress-bar.ts'

const examples = `Writes the data folder's database, as it is at one moment, to a file of mode 0600; a server may go on working meanwhile. The file is
checked before it gets its name. It holds what the data folder holds except keys: keep the master key as well, in another place.

Examples:
  poolhouse backup /backups/poolhouse-monday.db
  poolhouse backup --data-dir /var/lib/poolhouse --force /backups/latest.db
`

/** `poolhouse backup FILE`. */
export const configureBackup = (command: Command): void => {
  addPlaceOptions(command.argument('<file>', 'where to write the backup'))
    .addHelpText('before', examples)
    .option('--force', 'replace a file that is there')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Record<string, unknown>) => {
      const [{ backUpData }, config] = await Promise.all([import('../work-on-data.ts'), gatherDataConfig(options)])
      const bar = createProgressBar()
      const written = backUpData(config, { file, force: options['force'] === true, progress: (done) => bar.show(done) })
      const { bytes, rows } = await written.finally(() => bar.clear())
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify({ file, bytes, rows })}\n`)
      process.stdout.write(`${file}: ${rows} rows in ${bytes} bytes, checked.\n`)
      process.stderr.write('The master key is not in it: without that key nobody can use the backup. Keep both, in two places.\n')
    })
}
