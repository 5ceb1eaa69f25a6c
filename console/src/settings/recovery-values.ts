import type { RecoveryOptionNameType, UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'

/** The ways of account recovery that the console offers, in its words; each is a list of mechanisms, the first tried first. */
export const recoveryWays: Readonly<Record<string, { readonly text: string; readonly names: readonly RecoveryOptionNameType[] }>> = {
  'email-phone': {
    text: 'Email if available, otherwise SMS',
    names: ['verified_email', 'verified_phone_number'],
  },
  'phone-email': { text: 'SMS if available, otherwise email', names: ['verified_phone_number', 'verified_email'] },
  email: { text: 'Email only', names: ['verified_email'] },
  phone: { text: 'SMS only', names: ['verified_phone_number'] },
  none: { text: 'None: users ask an administrator to reset their passwords', names: ['admin_only'] },
}

/** The way that a pool goes; the first for a pool that says nothing. */
export const recoveryWay = ({ AccountRecoverySetting }: UserPoolType): string => {
  const asked = [...(AccountRecoverySetting?.RecoveryMechanisms ?? [])].sort((a, b) => a.Priority - b.Priority).map(({ Name }) => Name)
  return Object.keys(recoveryWays).find((way) => recoveryWays[way]?.names.join() === asked.join()) ?? 'email-phone'
}

/** What changes when a way is chosen. */
export const recoveryChanges = (way: string): PoolChanges => ({
  AccountRecoverySetting: { RecoveryMechanisms: (recoveryWays[way]?.names ?? []).map((Name, at) => ({ Name, Priority: at + 1 })) },
})
