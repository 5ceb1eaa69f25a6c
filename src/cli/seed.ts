import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { addDataOptions, withCommands } from './with-commands.ts'

const examples = `Makes pools, domains, app clients, groups and users be there. Run it as often as you like: what is there already is
brought in line with the file, never doubled and never deleted; passwords are left alone once users have one of their own.

Example:
  poolhouse seed users.yaml

users.yaml:
  pools:
    - id: eu-central-1_MyApp0001        # optional
      name: My app
      settings: { AutoVerifiedAttributes: [email] }      # members of CreateUserPool
      domains: [{ Domain: my-app, ManagedLoginVersion: 2 }]   # members of CreateUserPoolDomain
      clients:
        - id: myclient                  # optional
          name: Web
          settings: { ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH] }
      groups: [{ GroupName: admins }]
      users:
        - username: ana
          password: Correct-Horse-7
          attributes: { email: ana@example.org, email_verified: 'true' }
          groups: [admins]
`

const readDocument = async (path: string): Promise<unknown> => {
  const [text, { parse }] = await Promise.all([
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Error(error.code === 'ENOENT' ? `There is no seed file ${path}.` : `The seed file ${path} can't be read: ${error.message}`)
    }),
    import('yaml'),
  ])
  try {
    return parse(text)
  } catch (error) {
    throw new Error(`The seed file ${path} is no valid YAML: ${error instanceof Error ? error.message : error}`)
  }
}

/** `poolhouse seed FILE`. */
export const configureSeed = (command: Command): void => {
  addDataOptions(command.argument('<file>', 'YAML of pools, domains, clients, groups and users'))
    .addHelpText('before', examples)
    .option('--json', 'print JSON')
    .action(async (file: string, options: Record<string, unknown>) => {
      const document = await readDocument(file)
      const pools = await withCommands(options, (commands) => commands.seed({ document }), { mayMake: true })
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify(pools)}\n`)
      for (const { name, userPoolId, clients, users } of pools) {
        process.stdout.write(`${userPoolId}  ${name} (${users.length} users)\n`)
        for (const client of clients) process.stdout.write(`  client ${client.clientId}  ${client.name}\n`)
      }
    })
}
