import type { Command } from 'commander'
import { readPolicy } from './read-policy.ts'
import { addDataOptions, withCommands } from './with-commands.ts'

const examples = `Access keys sign the administrators' calls of the API (AWS Signature Version 4). Each carries an IAM policy.

Examples:
  poolhouse access-key create --policy policy.json --user backend
  poolhouse access-key list
  poolhouse access-key delete AKIA...

A policy that allows everything in one user pool:
  {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cognito-idp:*",
    "Resource":"arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_EXAMPLE"}]}
To allow it in every user pool that bears a tag, the Resource is "*" and the statement also has
    "Condition":{"StringEquals":{"aws:ResourceTag/team":"a"}}
`

type Options = Record<string, unknown>

/** `poolhouse access-key create|list|delete`. */
export const configureAccessKey = (command: Command): void => {
  command.addHelpText('before', examples)
  addDataOptions(command.command('create').description('make an access key; its secret is shown this once'))
    .requiredOption('--policy <FILE>', 'IAM policy document (JSON) that says what the key may do')
    .option('--user <NAME>', 'name of the person or program, as it stands in ARNs and the audit trail', 'admin')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const policy = await readPolicy(String(options['policy']))
      const userName = String(options['user'])
      const made = await withCommands(options, (commands) => commands.createAccessKey({ userName, policy }), { mayMake: true })
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify(made)}\n`)
      process.stdout.write(`AWS_ACCESS_KEY_ID=${made.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${made.secretAccessKey}\n`)
      process.stderr.write(`\nThis key acts as ${made.arn}. Keep the secret now: it is not shown again.\n`)
    })
  addDataOptions(command.command('list').description('list the access keys'))
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const keys = await withCommands(options, (commands) => commands.listAccessKeys())
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify(keys)}\n`)
      if (keys.length === 0) process.stderr.write('There are no access keys. Make one with `poolhouse access-key create --policy FILE`.\n')
      for (const { accessKeyId, userName, createdAt } of keys) {
        process.stdout.write(`${accessKeyId}  ${new Date(createdAt).toISOString()}  ${userName}\n`)
      }
    })
  addDataOptions(
    command.command('delete').description('delete an access key; it stops working at once').argument('<id>', 'the access key id'),
  ).action(async (accessKeyId: string, options: Options) => {
    const { deleted } = await withCommands(options, (commands) => commands.deleteAccessKey({ accessKeyId }))
    if (!deleted) throw new Error(`There is no access key ${accessKeyId}. \`poolhouse access-key list\` shows them.`)
  })
}
