import { dirname, resolve } from 'node:path'
import { isLoopback } from '../domain/is-loopback.ts'
import { hasPassword } from '../domain/postgres-address.ts'
import { type MasterKey, parseMasterKey } from '../keys/parse-master-key.ts'
import type { TriggerMapping } from '../triggers/parse-mapping.ts'
import { closestName } from './closest-name.ts'
import { type RunCommand, type Setting, type SettingKey, type SettingValues, settings, variableOf } from './settings.ts'
import { readMappings, triggerFault } from './trigger-settings.ts'

/** What a server runs with; see settings.ts for the meaning of each. Holds secrets: never log it whole. */
export interface Config
  extends Omit<SettingValues, 'masterKeyFiles' | 'masterKeyTexts' | 'defaultRegion' | 'triggerTexts' | 'senderKeyFile' | 'senderKeyText'> {
  readonly command: RunCommand
  /** 32 bytes each, the current one first; empty only in `dev`. */
  readonly masterKeys: readonly Buffer[]
  /** Files as absolute paths; each ARN once. */
  readonly triggers: readonly TriggerMapping[]
  /** 32 bytes */
  readonly senderKey: Buffer | undefined
  /** Folder of the certificate authority of development servers; undefined: one that lives as long as the server. */
  readonly authorityFolder: string | undefined
  /** Absolute paths of files that hold secrets. */
  readonly secretFiles: readonly string[]
  readonly defaultRegion: string
}

/** Where settings come from, strongest first. */
export interface ConfigSources {
  /** By name without dashes (`data-dir`); `true` for a switch; a list for a flag given several times. */
  readonly flags: Readonly<Record<string, string | true | readonly string[]>>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly file?: { readonly path: string; readonly values: unknown } | undefined
  readonly authorityFolder?: string | undefined
  /** `what` names the key in faults: the master key, unless it is said. */
  readonly readMasterKeyFile: (path: string, what?: string) => Promise<MasterKey>
}

/** A setting that can't be obeyed; the message names it, where it came from and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

interface Given {
  readonly text: string
  /** As a person would point at it: `--port`, `POOLHOUSE_PORT`, `port in poolhouse.yaml`. */
  readonly from: string
  /** Where paths in it begin, if not at the working directory. */
  readonly folder?: string
}

const table = Object.entries(settings) as [SettingKey, Setting<unknown>][]
const names = table.map(([, { name }]) => name)

const prefix = 'POOLHOUSE_'
// Read by others: the command line and startPoolhouse.
const otherVariables = ['POOLHOUSE_CONFIG', 'POOLHOUSE_NODE']
// Of `poolhouse token`.
const otherPrefix = 'POOLHOUSE_TOKEN_'

/**
 * The configuration for commands that work on data while no server may be running: every setting is taken, what only a listening
 * server needs may be missing. A folder with a master key of its own making is for `serve`, one without for `dev`.
 */
export const readDataConfig = async (sources: ConfigSources): Promise<Config> => {
  refuseUnknown(sources)
  const config = await collect('dev', sources)
  return Object.freeze({ ...config, command: config.masterKeys.length > 0 ? 'serve' : 'dev' })
}

/**
 * The configuration for a command: flags before environment before file before defaults. Throws ConfigError for an unknown name, a
 * value that is not allowed, and settings that contradict each other or are missing.
 */
export const readConfig = async (command: RunCommand, sources: ConfigSources): Promise<Config> => {
  refuseUnknown(sources)
  for (const [, setting] of table) {
    const given = find(setting, sources)
    if (given && !setting.commands.includes(command))
      throw new ConfigError(`${given.from} has no place in \`poolhouse ${command}\`: only \`poolhouse ${setting.commands[0]}\` knows it.`)
  }
  const config = await collect(command, sources)
  const fault = configFault(config)
  if (fault) throw new ConfigError(fault)
  return Object.freeze(config)
}

const collect = async (command: RunCommand, sources: ConfigSources): Promise<Config> => {
  const database = find(settings.database, sources)
  if (database?.from.startsWith('--') && hasPassword(database.text))
    throw new ConfigError(
      'A password on the command line can be read by every user of the machine. Give the database address in POOLHOUSE_DATABASE, or leave the password to PGPASSFILE.',
    )
  const values: Partial<Record<SettingKey, unknown>> = {}
  const hardened = givenValue(settings.profile, sources) === 'hardened'
  for (const [key, setting] of table) {
    values[key] = givenValue(setting, sources) ?? (hardened ? setting.hardened : undefined) ?? setting[command]
  }
  const { masterKeyFiles, masterKeyTexts, defaultRegion, triggerTexts, senderKeyFile, senderKeyText, ...rest } = values as SettingValues
  return {
    ...rest,
    command,
    defaultRegion: defaultRegion ?? rest.regions?.[0] ?? 'us-east-1',
    masterKeys: await masterKeys(masterKeyFiles, masterKeyTexts, sources),
    triggers: triggersOf(triggerTexts, sources),
    senderKey: await senderKey(senderKeyFile, senderKeyText, sources),
    authorityFolder: sources.authorityFolder,
    secretFiles: [...masterKeyFiles, ...(rest.tlsKey ? [rest.tlsKey] : []), ...(sources.file ? [sources.file.path] : [])].map((path) =>
      resolve(path),
    ),
  }
}

/** Paths in a settings file begin where the file stands. */
const triggersOf = (texts: readonly string[], sources: ConfigSources): readonly TriggerMapping[] => {
  const { from = '', folder = '.' } = find(settings.triggerTexts, sources) ?? {}
  const mappings = readMappings(texts, folder)
  if ('fault' in mappings) throw new ConfigError(`${from}: ${mappings.fault}`)
  return mappings
}

const senderKey = async (
  file: string | undefined,
  text: string | undefined,
  { readMasterKeyFile }: ConfigSources,
): Promise<Buffer | undefined> => {
  if (file !== undefined && text !== undefined)
    throw new ConfigError('The sender key comes from sender-key-file and from POOLHOUSE_SENDER_KEY. Give it in one way.')
  if (file === undefined && text === undefined) return undefined
  const found = file === undefined ? parseMasterKey(text ?? '', 'sender key') : await readMasterKeyFile(file, 'sender key')
  if ('key' in found) return found.key
  throw new ConfigError(file === undefined ? `POOLHOUSE_SENDER_KEY: ${found.fault}` : found.fault)
}

/** The value that somebody gave a setting; undefined where nobody did. */
const givenValue = (setting: Setting<unknown>, sources: ConfigSources): unknown => {
  const given = find(setting, sources)
  return given && readValue(setting, given)
}

const find = (setting: Setting<unknown>, { flags, env, file }: ConfigSources): Given | undefined => {
  const { name } = setting
  const flag = flags[name]
  if (flag !== undefined) return { text: textOf(flag), from: `--${name}` }
  const variable = env[variableOf(name)]
  // Compose files and charts pass variables that nobody filled in as empty ones.
  if (variable !== undefined && variable !== '' && !isServiceLink(variableOf(name), variable))
    return { text: variable, from: variableOf(name) }
  const values = fileValues(file)
  if (file && name in values) return { text: textOf(values[name]), from: `${name} in ${file.path}`, folder: dirname(file.path) }
  return undefined
}

const readValue = ({ name, kind, secret }: Setting<unknown>, { text, from }: Given): unknown => {
  const value = kind.read(text)
  if (value !== undefined) return value
  const origin = from.startsWith(name) ? from : `${name} (from ${from})`
  throw new ConfigError(`${origin} ${secret ? 'must be' : `is "${text}", but must be`} ${kind.allowed}.`)
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(',') : String(value ?? ''))

const fileValues = (file: ConfigSources['file']): Readonly<Record<string, unknown>> => {
  const values = file?.values ?? {}
  if (typeof values !== 'object' || Array.isArray(values)) throw new ConfigError(`${file?.path} must hold lines such as \`port: 9339\`.`)
  return values as Record<string, unknown>
}

const refuseUnknown = ({ flags, env, file }: ConfigSources): void => {
  for (const [key, value] of Object.entries(fileValues(file))) {
    const setting = table.find(([, { name }]) => name === key)?.[1]
    if (setting === undefined) throw unknown(`${file?.path} sets ${key}, which is no setting.`, key, fileNames)
    if (setting.environmentOnly) throw new ConfigError(secretPlace(`${key} in ${file?.path}`, key))
    if (typeof value === 'object' && !Array.isArray(value) && value !== null)
      throw new ConfigError(`${key} in ${file?.path} must be a value or a list of values.`)
  }
  for (const key of Object.keys(flags)) {
    if (!names.includes(key)) throw unknown(`--${key} is no setting.`, key, fileNames, '--')
    if (!fileNames.includes(key)) throw new ConfigError(secretPlace(`--${key}`, key))
  }
  const variables = [...names.map(variableOf), ...otherVariables]
  for (const [key, value] of Object.entries(env)) {
    if (!key.startsWith(prefix) || key.startsWith(otherPrefix) || variables.includes(key) || isServiceLink(key, value)) continue
    const known = variables.map((variable) => variable.slice(prefix.length))
    throw unknown(`The environment has ${key}, which is no setting.`, key.slice(prefix.length), known, prefix)
  }
}

const fileNames = table.filter(([, { environmentOnly }]) => !environmentOnly).map(([, { name }]) => name)

const unknown = (sentence: string, typed: string, known: readonly string[], before = ''): ConfigError => {
  const meant = closestName(typed, known)
  return new ConfigError(meant ? `${sentence} Did you mean ${before}${meant}?` : `${sentence} docs/configuration.md lists them all.`)
}

const secretPlace = (where: string, name: string): string =>
  `${where} would show a secret to others. Put it into the environment as ${variableOf(name)}, or into a file of its own.`

/** Kubernetes tells each pod about a service named "poolhouse" in variables that look like ours. */
const isServiceLink = (key: string, value: string | undefined): boolean =>
  /^POOLHOUSE_(SERVICE_(HOST|PORT(_.+)?)|PORT_\d+_(TCP|UDP|SCTP)(_.+)?)$/.test(key) ||
  (key === 'POOLHOUSE_PORT' && /^(tcp|udp|sctp):\/\//.test(value ?? ''))

const masterKeys = async (files: readonly string[], texts: readonly string[], { readMasterKeyFile }: ConfigSources): Promise<Buffer[]> => {
  if (files.length > 0 && texts.length > 0)
    throw new ConfigError('Master keys come from master-key-file and from POOLHOUSE_MASTER_KEY. Give all of them in one way.')
  const found = [...texts.map((text) => parseMasterKey(text)), ...(await Promise.all(files.map((path) => readMasterKeyFile(path))))]
  return found.map((one) => {
    if ('key' in one) return one.key
    throw new ConfigError(texts.length > 0 ? `POOLHOUSE_MASTER_KEY: ${one.fault}` : one.fault)
  })
}

/** What makes the settings as a whole impossible, as a sentence. */
const configFault = (config: Config): string | undefined => {
  const { command, host, expose, regions, defaultRegion } = config
  if (!expose && !isLoopback(host))
    return `host is ${host}, which other machines can reach, but a development server lets everybody in. Add --expose if that is what you want.`
  if (regions && !regions.includes(defaultRegion))
    return `default-region is ${defaultRegion}, which is not among regions (${regions.join(', ')}).`
  const tls = tlsFault(config)
  if (tls) return tls
  if (config.database !== undefined && config.dataDir === ':memory:' && config.masterKeys.length === 0)
    return 'data-dir is :memory:, but the master key of the database has to be kept. Name a folder, or a key with --master-key-file.'
  if (command === 'dev') return smtpFault(config) ?? smsFault(config) ?? triggerFault(config)
  if (config.workers > 1 && config.database === undefined)
    return `workers is ${config.workers}, but a SQLite database belongs to one process. Name a PostgreSQL database in POOLHOUSE_DATABASE (\`poolhouse copy\` moves the data there), or leave workers out.`
  if (config.masterKeys.length === 0)
    return '`poolhouse serve` needs a master key. Make one with `openssl rand -base64 32`, keep it in a file with mode 0600, and name that with --master-key-file.'
  if (!config.publicUrl) return '`poolhouse serve` needs public-url, the address under which clients reach it; it is part of every token.'
  if (config.port !== 0 && config.port === config.adminPort)
    return `port and admin-port are both ${config.port}. Choose another for one of them.`
  return smtpFault(config) ?? smsFault(config) ?? triggerFault(config)
}

const tlsFault = ({ tls, tlsCert, tlsKey, publicUrl }: Config): string | undefined => {
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    return tlsKey === undefined
      ? 'tls-cert is set, but not tls-key, the private key of the certificate.'
      : 'tls-key is set, but not tls-cert, the certificate that it is for.'
  if (tls && tlsCert) return 'tls makes certificates by itself, and tls-cert names one. Leave out one of them.'
  return (tls || tlsCert) && publicUrl?.startsWith('http:')
    ? `public-url begins with http://, but the server speaks HTTPS. Let it begin with https://.`
    : undefined
}

const smsFault = ({ command, smsUrl, smsSecret }: Config): string | undefined => {
  if (smsUrl === undefined) return smsSecret === undefined ? undefined : 'sms-secret is set, but not sms-url, the endpoint that it is for.'
  if (smsSecret === undefined) return 'sms-url needs sms-secret, the secret that its messages are signed with.'
  const url = URL.canParse(smsUrl) ? new URL(smsUrl) : undefined
  if (url === undefined) return 'sms-url is no URL.'
  return command === 'serve' && url.protocol !== 'https:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
    ? 'sms-url begins with http://, but SMS carry codes. Use https, or an endpoint on this machine.'
    : undefined
}

const smtpFault = ({ command, delivery, smtpUrl, smtpFrom }: Config): string | undefined => {
  if (delivery === 'mailbox' || (smtpUrl && smtpFrom)) return undefined
  const missing = smtpUrl ? 'smtp-from, the sender' : 'smtp-url, the mail server'
  return command === 'dev'
    ? `Sending e-mail needs ${missing}. Set it, or set delivery to mailbox.`
    : `\`poolhouse serve\` sends e-mail and needs ${missing}. Only \`poolhouse dev\` keeps messages instead.`
}
