import { X509Certificate } from 'node:crypto'
import type { Command } from 'commander'
import { settings } from '../server/settings.ts'
import { vouchedNames } from '../server/tls/served-names.ts'
import { quoted } from '../server/tls/trust-commands.ts'
import { gatherDataConfig } from './gather-config.ts'
import { configOption, optionOf } from './setting-options.ts'
import { trustCommandsHere } from './trust-commands-here.ts'

const examples = `\`poolhouse dev --tls\` shows certificates of a local authority, which is made once for you and all your development servers. This
command says where its certificate is and how this machine is made to trust it; it changes nothing but to make the authority where there is
none. Whoever has its key can pass for localhost and its subdomains, and for nobody else: certificates for other names are refused.

Examples:
  poolhouse trust                                             show the command that makes this machine trust it
  export NODE_EXTRA_CA_CERTS="$(poolhouse trust --path)"      make programs of Node.js trust it
  curl --cacert "$(poolhouse trust --path)" https://localhost:9339/health
  poolhouse trust --allowed-host cognito                      the authority of a server with that --allowed-host
`

type Options = Record<string, unknown>

interface Trust {
  readonly path: string
  readonly fingerprint: string
  readonly validUntil: string
  readonly names: readonly string[]
  readonly trust: string
  readonly distrust: string
  readonly chrome?: string
}

const page = ({ path, fingerprint, validUntil, names, trust, distrust, chrome }: Trust): string =>
  [
    `Certificate   ${path}`,
    `SHA-256       ${fingerprint}`,
    `Valid until   ${validUntil.slice(0, 10)}`,
    `Vouches for   ${names.join(', ')}`,
    '',
    'Make this machine trust it:',
    `  ${trust}`,
    ...(chrome === undefined
      ? []
      : ['', 'Chrome and Chromium have a list of their own here (certutil is in the package libnss3-tools):', `  ${chrome}`]),
    '',
    'Firefox asks the system on macOS and Windows; elsewhere: Settings, Certificates, View Certificates, Authorities, Import.',
    '',
    'Programs of Node.js:',
    `  export NODE_EXTRA_CA_CERTS=${quoted(path)}`,
    '',
    'Take the trust back:',
    `  ${distrust}`,
    '',
  ].join('\n')

/** `poolhouse trust`. */
export const configureTrust = (command: Command): void => {
  for (const setting of [settings.allowedHosts, settings.publicUrl, settings.host]) command.addOption(optionOf(setting, 'dev'))
  command
    .addOption(configOption())
    .option('--path', 'print only the path of the certificate')
    .option('--json', 'print JSON')
    .addHelpText('before', examples)
    .action(async (options: Options) => {
      const { openLocalAuthority } = await import('../open-data.ts')
      const config = await gatherDataConfig(options)
      const { path, certificate } = await openLocalAuthority(config)
      if (path === undefined) throw new Error('There is no folder for a certificate authority.')
      if (options['path'] === true) return void process.stdout.write(`${path}\n`)
      const { fingerprint256: fingerprint, validToDate } = new X509Certificate(certificate)
      const names = ['localhost and names below it', '127.0.0.0/8', '::1', ...vouchedNames(config)]
      const trust: Trust = {
        path,
        fingerprint,
        validUntil: validToDate.toISOString(),
        names,
        ...(await trustCommandsHere(path, certificate)),
      }
      process.stdout.write(options['json'] === true ? `${JSON.stringify(trust)}\n` : page(trust))
    })
}
