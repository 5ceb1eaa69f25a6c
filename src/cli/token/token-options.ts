import { type Command, InvalidArgumentError, Option, type OptionValues } from 'commander'
import { ConfigError } from '../../server/config.ts'
import type { Printing } from './print-tokens.ts'

/** A way to tokens. */
export type Grant = 'password' | 'srp' | 'choice' | 'custom' | 'refresh' | 'client-credentials' | 'code' | 'implicit'

/** The variable that stands for a flag. */
export const variableOf = (flag: string): string => `POOLHOUSE_TOKEN_${flag.toUpperCase().replaceAll('-', '_')}`

const factors = ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP']

const firstFactor = (given: string): string => {
  const name = given.toUpperCase().replaceAll('-', '_')
  if (!factors.includes(name)) throw new InvalidArgumentError(`It must be one of ${factors.join(', ')}.`)
  return name
}

const several = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value]

const option = (flags: string, description: string): Option => new Option(flags, description)

/** An option that a variable may stand for. */
const named = (flags: string, description: string): Option => {
  const made = option(flags, description)
  return made.env(variableOf(made.long?.slice(2) ?? ''))
}

/** The same for a secret, which is read elsewhere: what commander reads it may repeat. */
const secret = (flags: string, description: string): Option => {
  const made = option(flags, description)
  made.description += ` (env: ${variableOf(made.long?.slice(2) ?? '')})`
  return made
}

const groups = (): Readonly<Record<string, readonly Option[]>> => ({
  'Grants (a password is one without a flag)': [
    option('--srp', 'password by SRP, which keeps it on this machine'),
    option('--first-factor <FACTOR>', `one of several ways to sign in: ${factors.join(', ')}`).argParser(firstFactor),
    option('--custom', "the pool's own challenges (CUSTOM_AUTH)"),
    secret('--refresh [TOKEN]', 'a refresh token'),
    option('--client-credentials', 'tokens for the app client itself'),
    option('--code', 'authorization code with PKCE: signs in on the hosted pages'),
    option('--implicit', 'tokens in the redirect: signs in on the hosted pages'),
  ],
  'Where and who': [
    named('--endpoint <URL>', 'server (default: http://localhost:9339)'),
    named('--region <REGION>', 'the server of AWS in this region, without --endpoint'),
    named('--domain <URL>', 'hosted pages and token endpoint, where they are not at the endpoint'),
    named('--client <ID>', 'app client (default: that of the demo pool)'),
    secret('--client-secret <SECRET>', 'secret of the app client, where it has one'),
    named('--pool <ID>', 'user pool; SRP alone needs it'),
    named('--user <NAME>', 'who signs in (default: the demo user)'),
    secret('--password <PASSWORD>', 'their password'),
    named('--redirect-uri <URL>', 'where the pages lead, one of the CallbackURLs; nothing has to listen there'),
    option('--scope <SCOPES>', 'scopes of --code, --implicit and --client-credentials (default: all that the client has)').argParser(
      several,
    ),
    option('--cacert <FILE>', 'certificate of an authority to trust'),
    option('--insecure', 'sends passwords and secrets to another machine over plain http'),
  ],
  Challenges: [
    secret('--totp-secret <BASE32>', 'secret of the authenticator app: its codes are made here'),
    secret('--new-password <PASSWORD>', 'takes the place of a temporary password'),
    option('--attribute <NAME=VALUE>', 'an attribute that the pool requires with a new password').argParser(several),
    option('--mailbox <ADDRESS>', "reads codes that went to this address (default: the user's) from a development server"),
    option('--code-prompt', 'asks for codes on the terminal, or reads them from standard input'),
    option('--answer <TEXT>', 'answer to a custom challenge; again for the next one').argParser(several),
  ],
  Output: [
    option('--access', 'the access token alone'),
    option('--id', 'the ID token alone'),
    option('--header', 'a header: Authorization: Bearer TOKEN'),
    option('--json', 'JSON: access_token, id_token, refresh_token, token_type, expires_in'),
    option('--env', 'lines for a shell: export ACCESS_TOKEN=...'),
  ],
})

/** Gives the command its flags. */
export const addTokenOptions = (command: Command): Command => {
  for (const [group, options] of Object.entries(groups())) {
    for (const each of options) command.addOption(each.helpGroup(`${group}:`))
  }
  return command
}

/** The values of flags that exclude each other, of which at most one was given. */
const oneOf = <T>(options: OptionValues, flags: Readonly<Record<string, { readonly flag: string; readonly means: T }>>): T | undefined => {
  const given = Object.entries(flags).filter(([name]) => options[name] !== undefined)
  if (given.length > 1) throw new ConfigError(`${given.map(([, { flag }]) => flag).join(' and ')} exclude each other. Give one of them.`)
  return given[0]?.[1].means
}

/** The grant that the flags choose; throws ConfigError for more than one. */
export const grantOf = ({ firstFactor: factor, ...options }: OptionValues): Grant => {
  const page = oneOf<Grant>(options, { code: { flag: '--code', means: 'code' }, implicit: { flag: '--implicit', means: 'implicit' } })
  // On a page somebody may choose how to sign in.
  const chosen = page === undefined ? { ...options, firstFactor: factor } : options
  const grant = oneOf<Grant>(chosen, {
    srp: { flag: '--srp', means: 'srp' },
    firstFactor: { flag: '--first-factor', means: 'choice' },
    custom: { flag: '--custom', means: 'custom' },
    refresh: { flag: '--refresh', means: 'refresh' },
    clientCredentials: { flag: '--client-credentials', means: 'client-credentials' },
    code: { flag: '--code', means: 'code' },
    implicit: { flag: '--implicit', means: 'implicit' },
  })
  return grant ?? 'password'
}

/** What the flags choose to print; throws ConfigError for what excludes each other. */
export const printingOf = (options: OptionValues): Printing => ({
  form:
    oneOf<Printing['form']>(options, {
      header: { flag: '--header', means: 'header' },
      json: { flag: '--json', means: 'json' },
      env: { flag: '--env', means: 'env' },
    }) ?? 'readable',
  only: oneOf<NonNullable<Printing['only']>>(options, {
    access: { flag: '--access', means: 'access' },
    id: { flag: '--id', means: 'id' },
  }),
})
