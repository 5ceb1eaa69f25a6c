import { signingName } from '../model/model.ts'
import type { Auth } from './collection-format.ts'
import type { PostmanTarget } from './target.ts'

/** Postman's "AWS Signature", with an access key from variables or from the vault. */
export const awsSignature = ({ credentials }: Pick<PostmanTarget, 'credentials'>): Auth => {
  const from = credentials === 'vault' ? 'vault:' : ''
  const values = {
    accessKey: `{{${from}access_key}}`,
    secretKey: `{{${from}secret_key}}`,
    region: '{{region}}',
    service: signingName,
    // Of temporary keys alone, and empty for others: a reference to a vault without it would be sent as it stands.
    sessionToken: '{{session_token}}',
  }
  return { type: 'awsv4', awsv4: Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' as const })) }
}
