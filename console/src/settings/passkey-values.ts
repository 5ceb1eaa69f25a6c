import type { UserVerificationType, WebAuthnFactorConfigurationType } from '../../../src/model/types.gen.ts'
import type { MfaSettings } from './mfa-update.ts'
import { textOrNone } from './setting-values.ts'

/** A pool's passkeys as they are typed. */
export interface PasskeyValues {
  readonly relyingParty: string
  readonly verification: UserVerificationType
  readonly factor: WebAuthnFactorConfigurationType
}

/** The form of a pool's passkeys. */
export const passkeyValues = ({ WebAuthnConfiguration: config = {} }: MfaSettings): PasskeyValues => ({
  relyingParty: config.RelyingPartyId ?? '',
  verification: config.UserVerification ?? 'preferred',
  factor: config.FactorConfiguration ?? 'SINGLE_FACTOR',
})

/** What changes. */
export const passkeyChanges = ({ relyingParty, verification, factor }: PasskeyValues): Partial<MfaSettings> => ({
  WebAuthnConfiguration: { RelyingPartyId: textOrNone(relyingParty), UserVerification: verification, FactorConfiguration: factor },
})
