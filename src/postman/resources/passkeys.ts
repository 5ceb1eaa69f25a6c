import { jsonRef } from '../api-item.ts'
import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'
import { passkeyScript } from '../scripts/passkey.ts'

/** Operations on passkeys. */
export const passkeysFolder = ({ practice }: ResourceCalls): Folder => ({
  name: 'Passkeys',
  item: [
    practice('StartWebAuthnRegistration', {}, { keeps: { passkey_options: 'CredentialCreationOptions' } }),
    practice('CompleteWebAuthnRegistration', { Credential: jsonRef('passkey_credential') }, { before: [passkeyScript] }),
    practice('ListWebAuthnCredentials', {}, { keeps: { passkey_id: 'Credentials[0].CredentialId' } }),
    practice('DeleteWebAuthnCredential', { CredentialId: '{{passkey_id}}' }),
  ],
})
