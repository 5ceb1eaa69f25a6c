import { signingName } from '../model/model.ts'
import type { Auth } from './collection-format.ts'
import type { PostmanTarget } from './target.ts'

/** What a signature is made with. */
export type SignatureMember = 'accessKey' | 'secretKey' | 'region' | 'service' | 'sessionToken'

/** Postman's "AWS Signature", with an access key from variables or from the vault, and what stands in the place of its members. */
export const awsSignature = (
  { credentials }: Pick<PostmanTarget, 'credentials'>,
  other: Readonly<Partial<Record<SignatureMember, string>>> = {},
): Auth => {
  const from = credentials === 'vault' ? 'vault:' : ''
  const values = {
    accessKey: `{{${from}access_key}}`,
    secretKey: `{{${from}secret_key}}`,
    region: '{{region}}',
    service: signingName,
    // Of temporary keys alone, and empty for others: a reference to a vault without it would be sent as it stands.
    sessionToken: '{{session_token}}',
    ...other,
  }
  return { type: 'awsv4', awsv4: Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' as const })) }
}
