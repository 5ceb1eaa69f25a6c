import { resolve } from 'node:path'
import { isLoopback } from '../domain/is-loopback.ts'
import { parseMapping, type TriggerMapping } from '../triggers/parse-mapping.ts'
import type { RunCommand, SettingValues } from './settings.ts'

/** The functions that an operator mapped, files as absolute paths that begin at `folder`; or what is wrong with them. */
export const readMappings = (texts: readonly string[], folder: string): readonly TriggerMapping[] | { readonly fault: string } => {
  const mappings: TriggerMapping[] = []
  for (const text of texts) {
    const mapping = parseMapping(text)
    if ('fault' in mapping) return mapping
    const { arn, address } = mapping
    if (mappings.some((other) => other.arn === arn)) return { fault: `${arn} is mapped twice.` }
    mappings.push(address.kind === 'module' ? { arn, address: { ...address, file: resolve(folder, address.file) } } : mapping)
  }
  return mappings
}

interface TriggerConfig extends Pick<SettingValues, 'triggerSecret' | 'lambdaAccessKeyId' | 'lambdaSecretAccessKey'> {
  readonly command: RunCommand
  readonly triggers: readonly TriggerMapping[]
}

/** What makes the mapped functions impossible to reach safely, as a sentence. */
export const triggerFault = (config: TriggerConfig): string | undefined => {
  const { command, triggers, triggerSecret, lambdaAccessKeyId, lambdaSecretAccessKey } = config
  if ((lambdaAccessKeyId === undefined) !== (lambdaSecretAccessKey === undefined))
    return 'lambda-access-key-id and POOLHOUSE_LAMBDA_SECRET_ACCESS_KEY belong together. Set both or neither.'
  if (command === 'dev') return undefined
  for (const { arn, address } of triggers) {
    if (address.kind === 'module') continue
    const { protocol, hostname, host } = new URL(address.kind === 'webhook' ? address.url : address.endpoint)
    if (protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, '')))
      return `The trigger ${arn} is mapped to http://${host}, but its events carry personal data. Use https, or an endpoint on this machine.`
    if (address.kind === 'webhook' && triggerSecret === undefined)
      return `The trigger ${arn} is a webhook and needs trigger-secret, the secret that its calls are signed with. Make one with \`openssl rand -hex 32\`.`
    if (address.kind === 'lambda' && lambdaAccessKeyId === undefined)
      return `The trigger ${arn} calls the Lambda API and needs lambda-access-key-id and POOLHOUSE_LAMBDA_SECRET_ACCESS_KEY.`
  }
  return undefined
}
