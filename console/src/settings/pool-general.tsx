import type { DeletionProtectionType, UserPoolTierType, UserPoolType } from '../../../src/model/types.gen.ts'
import { poolNameFault } from '../api/resource-name.ts'
import { ChoiceField, TextField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

/** The feature plans in words. */
export const tiers = { LITE: 'Lite', ESSENTIALS: 'Essentials', PLUS: 'Plus' } as const

/** The pool's name. */
export const poolName: Setting = {
  id: 'name',
  title: 'User pool name',
  items: ({ pool }) => [{ label: 'Name', value: pool.Name }],
  Form: settingForm({
    what: 'user pool name',
    read: ({ pool }) => ({ name: pool.Name ?? '' }),
    fault: ({ name }) => {
      const says = poolNameFault(name)
      return says === undefined ? undefined : { field: 'name', says }
    },
    save: (poolId, { values: { name } }) => updatePool(poolId, () => ({ PoolName: name })),
    Fields: ({ draft: { values, set } }) => (
      <TextField
        label="User pool name"
        field="name"
        value={values.name}
        onChange={(name) => set({ name })}
        hint="1 to 128 letters, digits, spaces and _ + = , . @ -. The ID stays as it is."
      />
    ),
  }),
}

/** Which features the pool may use. */
export const featurePlan: Setting = {
  id: 'plan',
  title: 'Feature plan',
  items: ({ pool }) => [{ label: 'Feature plan', value: tiers[pool.UserPoolTier ?? 'ESSENTIALS'] }],
  Form: settingForm({
    what: 'feature plan',
    read: ({ pool }): { tier: UserPoolTierType } => ({ tier: pool.UserPoolTier ?? 'ESSENTIALS' }),
    save: (poolId, { values: { tier } }) => updatePool(poolId, () => ({ UserPoolTier: tier })),
    Fields: ({ draft: { values, set } }) => (
      <ChoiceField
        label="Feature plan"
        value={values.tier}
        onChange={(tier) => set({ tier })}
        items={[
          {
            value: 'LITE',
            label: tiers.LITE,
            description: 'Sign-up and sign-in with passwords, MFA by app and SMS, the classic hosted UI.',
          },
          {
            value: 'ESSENTIALS',
            label: tiers.ESSENTIALS,
            description: 'And managed login, passkeys, one-time passwords, MFA by email, claims in access tokens, password history.',
          },
          { value: 'PLUS', label: tiers.PLUS, description: 'And threat protection.' },
        ]}
      />
    ),
  }),
}

/** Whether the pool is protected from deletion, in words. */
export const protectionText = ({ DeletionProtection }: UserPoolType): string => (DeletionProtection === 'ACTIVE' ? 'Active' : 'Inactive')

/** Whether the pool can be deleted. */
export const deletionProtection: Setting = {
  id: 'deletion-protection',
  title: 'Deletion protection',
  items: ({ pool }) => [{ label: 'Deletion protection', value: protectionText(pool) }],
  Form: settingForm({
    what: 'deletion protection',
    read: ({ pool }): { state: DeletionProtectionType } => ({ state: pool.DeletionProtection ?? 'INACTIVE' }),
    save: (poolId, { values: { state } }) => updatePool(poolId, () => ({ DeletionProtection: state })),
    Fields: ({ draft: { values, set } }) => (
      <ChoiceField
        label="Deletion protection"
        value={values.state}
        onChange={(state) => set({ state })}
        items={[
          { value: 'ACTIVE', label: 'Active', description: 'The user pool can be deleted only after this is changed.' },
          { value: 'INACTIVE', label: 'Inactive' },
        ]}
      />
    ),
  }),
}
