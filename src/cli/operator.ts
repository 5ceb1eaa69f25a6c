import { type Command, Option } from 'commander'
import { operatorRoles, rolePolicy, rolePoolFault } from '../domain/operator-roles.ts'
import { ConfigError } from '../server/config.ts'
import type { SetUpLink } from '../server/operator-commands.ts'
import { readPolicy } from './read-policy.ts'
import { addDataOptions, withCommands } from './with-commands.ts'

const examples = `Operators sign in to the console of \`poolhouse serve\`, each with a password and an authenticator app.
An IAM policy bounds what an operator may do; --role is a policy that is ready to use.

Examples:
  poolhouse operator create ada --role administrator
  poolhouse operator create bo --role support --pool us-east-1_EXAMPLE
  poolhouse operator create cy --policy policy.json
  poolhouse operator list
  poolhouse operator reset ada                  a new link, after a lost phone or password
  poolhouse operator policy bo --role read-only
  poolhouse operator delete bo

Roles:
  administrator   everything
  support         find and look at users, confirm, reset passwords, disable and enable, sign out
  read-only       look at everything, change nothing
`

type Options = Record<string, unknown>

const addPolicyOptions = (command: Command): Command =>
  command
    .addOption(new Option('--role <ROLE>', 'what the operator may do').choices([...operatorRoles]))
    .option('--pool <ID...>', 'bounds the role to these user pools')
    .option('--policy <FILE>', 'IAM policy document (JSON) instead of a role')

const policyOf = async ({ role, policy, pool }: Options): Promise<unknown> => {
  if ((role === undefined) === (policy === undefined))
    throw new ConfigError(
      `Say what the operator may do: either --role (${operatorRoles.join(', ')}) or --policy FILE${role === undefined ? '' : ', not both'}.`,
    )
  const pools = (pool ?? []) as readonly string[]
  if (policy !== undefined && pools.length > 0)
    throw new ConfigError('--pool bounds a role. A policy names its user pools itself, in Resource.')
  const fault = pools.map(rolePoolFault).find((one) => one !== undefined)
  if (fault !== undefined) throw new ConfigError(fault)
  const named = operatorRoles.find((one) => one === role)
  return named === undefined ? readPolicy(String(policy)) : rolePolicy(named, pools)
}

const printLink = ({ json }: Options, { name, link, expiresAt }: SetUpLink): void => {
  if (json === true) return void process.stdout.write(`${JSON.stringify({ name, link, expiresAt })}\n`)
  process.stdout.write(`${link}\n`)
  process.stderr.write(
    `\n${name} opens this link to choose a password and to add the account to an authenticator app. It is good once, until ${new Date(expiresAt).toISOString()}.\n`,
  )
}

const configureCreate = (command: Command): void => {
  addPolicyOptions(
    addDataOptions(command.command('create').description('make an operator; prints the link for setting up').argument('<name>')),
  )
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      const policy = await policyOf(options)
      printLink(options, await withCommands(options, (commands) => commands.createOperator({ name, policy }), { mayMake: 'serve' }))
    })
}

const configureList = (command: Command): void => {
  addDataOptions(command.command('list').description('list the operators'))
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const operators = await withCommands(options, (commands) => commands.listOperators())
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify(operators)}\n`)
      if (operators.length === 0)
        process.stderr.write('There are no operators. Make one with `poolhouse operator create NAME --role administrator`.\n')
      const width = Math.max(0, ...operators.map(({ name }) => name.length))
      for (const { name, state, lastSignInAt, madeBy, boundaries } of operators) {
        const last = lastSignInAt === undefined ? '-' : new Date(lastSignInAt).toISOString()
        const maker = boundaries.length === 0 ? '' : `  made by ${madeBy ?? 'an operator who is gone'}`
        process.stdout.write(`${name.padEnd(width)}  ${state.padEnd(7)}  ${last}${maker}\n`)
      }
    })
}

/** `poolhouse operator create|list|reset|policy|delete`. */
export const configureOperator = (command: Command): void => {
  command.addHelpText('before', examples)
  configureCreate(command)
  configureList(command)
  addDataOptions(
    command.command('reset').description('take password and authenticator away; prints a new link for setting up').argument('<name>'),
  )
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) =>
      printLink(options, await withCommands(options, (commands) => commands.resetOperator({ name }))),
    )
  addPolicyOptions(
    addDataOptions(command.command('policy').description('give an operator another policy; sessions end at once').argument('<name>')),
  )
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      const policy = await policyOf(options)
      const changed = await withCommands(options, (commands) => commands.setOperatorPolicy({ name, policy }))
      if (options['json'] === true) return void process.stdout.write(`${JSON.stringify({ ...changed, policy })}\n`)
      process.stdout.write(`${JSON.stringify(policy, undefined, 2)}\n`)
      process.stderr.write(`\n${changed.name} may do this now, after signing in again.\n`)
    })
  addDataOptions(command.command('delete').description('delete an operator; sessions end at once').argument('<name>'))
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => {
      const outcome = await withCommands(options, (commands) => commands.deleteOperator({ name }))
      if (options['json'] === true) process.stdout.write(`${JSON.stringify(outcome)}\n`)
    })
}
