import type { Command } from 'commander'
import { gatherDataConfig } from './gather-config.ts'
import { addPlaceOptions } from './place-options.ts'

const examples = `Servers bring the schema of their data up to date when they start. With \`migrate: off\` they do not: then a deployment runs
\`poolhouse migrate up\` with the new version first, while servers of the old one go on, and starts those of the new one after it.

Examples:
  poolhouse migrate status --database postgres://poolhouse@db.example.com/poolhouse
  poolhouse migrate check || poolhouse migrate up
`

type Options = Record<string, unknown>

const standing = async (options: Options, up: boolean) => {
  const [{ schemaStanding }, config] = await Promise.all([import('../work-on-data.ts'), gatherDataConfig(options)])
  return schemaStanding(config, { up })
}

/** `poolhouse migrate status|up|check`. */
export const configureMigrate = (command: Command): void => {
  command.addHelpText('before', examples)
  addPlaceOptions(command.command('status').description('show the schema of the data and what this version would add'))
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const found = await standing(options, false)
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify(found)}\n`)
      const { data, schema, newest, pending } = found
      process.stdout.write(`${data}\nschema of the data: ${schema}\nschema of this version: ${newest}\n`)
      for (const { number, makes } of pending) process.stdout.write(`pending: ${number}  ${makes}\n`)
    })
  addPlaceOptions(command.command('up').description('bring the schema up to date')).action(async (options: Options) => {
    const { data, schema } = await standing(options, true)
    process.stdout.write(`The schema of ${data} is up to date (${schema}).\n`)
  })
  addPlaceOptions(command.command('check').description('exit with 1 unless the schema is the one of this version; changes nothing')).action(
    async (options: Options) => {
      const { data, schema, fault } = await standing(options, false)
      if (fault !== undefined) throw new Error(fault)
      process.stdout.write(`The schema of ${data} is up to date (${schema}).\n`)
    },
  )
}
