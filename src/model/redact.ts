import type { Shape } from './model.ts'

/** What the model doesn't mark as sensitive and no log should hold all the same: codes, challenge material, providers' secrets. */
export const secretShapes: ReadonlySet<string> = new Set([
  'ChallengeParametersType',
  'ClientMetadataType',
  'ConfirmationCodeType',
  'DeviceSecretVerifierConfigType',
  'Document',
  'PreSignedUrlType',
  'ProviderDetailsType',
  'StringToStringMapType',
])

/** A copy without sensitive values and without anything that the shape doesn't describe, fit for a log. */
export const redact = (shape: Shape, value: unknown): unknown => {
  if (value === undefined || value === null || shape.sensitive || secretShapes.has(shape.name)) return undefined
  switch (shape.type) {
    case 'structure': {
      if (typeof value !== 'object') return undefined
      const from = value as Readonly<Record<string, unknown>>
      return copy([...shape.members].map(([name, member]) => [name, redact(member, from[name])]))
    }
    case 'list':
      return Array.isArray(value)
        ? value.map((element) => redact(shape.member, element)).filter((element) => element !== undefined)
        : undefined
    case 'map':
      return typeof value === 'object' ? copy(Object.entries(value).map(([key, own]) => [key, redact(shape.value, own)])) : undefined
    case 'blob':
    case 'document':
      return undefined
    default:
      return value
  }
}

const copy = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.assign(Object.create(null), Object.fromEntries(entries.filter(([, value]) => value !== undefined)))
