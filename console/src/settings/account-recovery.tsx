import { ChoiceField } from './fields.tsx'
import { recoveryChanges, recoveryWay, recoveryWays } from './recovery-values.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

/** How users who forgot their password get a new one. */
export const accountRecovery: Setting = {
  id: 'recovery',
  title: 'User account recovery',
  items: ({ pool }) => [{ label: 'Delivery method for recovery messages', value: recoveryWays[recoveryWay(pool)]?.text }],
  Form: settingForm({
    what: 'user account recovery',
    read: ({ pool }) => ({ way: recoveryWay(pool) }),
    save: (poolId, { values: { way } }) => updatePool(poolId, () => recoveryChanges(way)),
    Fields: ({ draft: { values, set } }) => (
      <ChoiceField
        label="Delivery method for user account recovery messages"
        value={values.way}
        onChange={(way) => set({ way })}
        items={Object.entries(recoveryWays).map(([value, { text }]) => ({ value, label: text }))}
      />
    ),
  }),
}
