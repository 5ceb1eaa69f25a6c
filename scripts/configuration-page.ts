import { type RunCommand, type Setting, type SettingGroup, settings, variableOf } from '../src/server/settings.ts'

const introduction = `# Settings

<!-- Made from src/server/settings.ts by \`npm run generate\`; edit that. -->

Every setting can stand in four places. The first one that has it wins:

1. a flag, such as \`--port 9400\`
2. an environment variable, such as \`POOLHOUSE_PORT=9400\` (an empty one counts as not set)
3. a line in \`poolhouse.yaml\`, such as \`port: 9400\`
4. the default

\`poolhouse.yaml\` is read from the folder in which the command starts, or from where \`--config FILE\` or \`POOLHOUSE_CONFIG\` says. A name
that is no setting, and a value that is not allowed, stop the start with a sentence that says where it stands and what is allowed. Relative
paths begin at the folder in which the command starts, except those of triggers in a settings file: they begin where that file stands.

Settings that take several values take a flag several times, a list in the file, or values parted by commas:

\`\`\`yaml
port: 9400
public-url: https://id.example.com
trusted-proxies:
  - 10.0.0.0/8
  - fd00::/8
\`\`\`
`

const secrets = `
## Secrets

A master key is 32 random bytes as base64 or hex: \`openssl rand -base64 32\`. Keep it in a file with mode 0600 and name that with
\`--master-key-file\`, or put it into \`POOLHOUSE_MASTER_KEY\`; a missing, short or guessable one is refused. Several may be given: the
first one wraps what is written from now on, the others open what was written before. \`dev\` makes itself a key in the data folder.
Secrets are taken out of the process's environment as soon as they are read, and no message or log line repeats them.

## Other variables

| variable | meaning |
| --- | --- |
| \`POOLHOUSE_CONFIG\` | path of the settings file |
| \`POOLHOUSE_NODE\` | Node.js (24.15 or newer) with which \`startPoolhouse\` runs the server |
`

/** The text of docs/configuration.md. */
export const configurationPage = (): string => {
  const all = Object.values<Setting<unknown>>(settings)
  const groups = [...new Set(all.map(({ group }) => group))]
  return introduction + groups.map((group) => section(group, all)).join('') + secrets
}

const section = (group: SettingGroup, all: readonly Setting<unknown>[]): string => {
  const rows = all.filter((setting) => setting.group === group).map(row)
  return `\n## ${group}\n\n| setting | variable | default | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

const row = (setting: Setting<unknown>): string => {
  const { name, kind, doc, commands, environmentOnly } = setting
  const flag = environmentOnly ? '(environment only)' : `\`--${name}${kind.placeholder ? ` ${kind.placeholder}` : ''}\``
  const only = commands.length === 1 ? ` Only \`${commands[0]}\`.` : ''
  const saysMore = kind.placeholder !== undefined && !kind.allowed.startsWith('a path')
  const allowed = saysMore ? ` Allowed: ${kind.allowed}.` : ''
  const cells = [flag, `\`${variableOf(name)}\``, defaultText(setting), `${doc}${allowed}${only}`]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

const defaultText = (setting: Setting<unknown>): string => {
  const texts = setting.commands.map((command) => [command, shown(setting, command)] as const)
  const [first] = texts
  const hardened = setting.hardened === undefined ? '' : `; profile hardened: ${shownValue(setting.hardened)}`
  if (first === undefined || texts.every(([, text]) => text === first[1])) return `${first?.[1] ?? ''}${hardened}`
  return `${texts.map(([command, text]) => `${command}: ${text || 'none'}`).join(', ')}${hardened}`
}

const shown = (setting: Setting<unknown>, command: RunCommand): string => shownValue(setting[command])

const shownValue = (value: unknown): string => {
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return ''
  return `\`${Array.isArray(value) ? value.join(',') : value}\``
}
