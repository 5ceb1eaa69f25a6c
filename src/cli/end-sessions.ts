import type { Command } from 'commander'
import { gatherDataConfig } from './gather-config.ts'
import { addPlaceOptions } from './place-options.ts'

const examples = `Ends every session, refresh token and code that is out there; passwords, second factors, secrets and keys stay. For a database that was set
back to an earlier state by its own tools: what was ended, spent or revoked after that state would be good once more. (\`poolhouse restore\`
and \`poolhouse copy\` do the same by themselves.)

Stop all servers first: on a data folder that is checked, on a database it is up to you.

Example:
  poolhouse end-sessions --database postgres://poolhouse@db.example.com/poolhouse
`

/** `poolhouse end-sessions`. */
export const configureEndSessions = (command: Command): void => {
  addPlaceOptions(command)
    .addHelpText('before', examples)
    .action(async (options: Record<string, unknown>) => {
      const [{ endAllSessions }, config] = await Promise.all([import('../work-on-data.ts'), gatherDataConfig(options)])
      process.stdout.write(`Everybody has to sign in again on ${await endAllSessions(config)}.\n`)
    })
}
