import { CheckField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

/** Whether users may sign up by themselves. */
export const selfRegistration: Setting = {
  id: 'self-service',
  title: 'Self-service sign-up',
  items: ({ pool }) => [
    { label: 'Self-registration', value: pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly ? 'Disabled' : 'Enabled' },
  ],
  Form: settingForm({
    what: 'self-service sign-up',
    read: ({ pool }) => ({ isOpen: !pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly }),
    save: (poolId, { values: { isOpen } }) =>
      updatePool(poolId, ({ AdminCreateUserConfig }) => ({
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: !isOpen, InviteMessageTemplate: AdminCreateUserConfig?.InviteMessageTemplate },
      })),
    Fields: ({ draft: { values, set } }) => (
      <CheckField
        label="Enable self-registration"
        value={values.isOpen}
        onChange={(isOpen) => set({ isOpen })}
        hint="Everybody may sign up. Otherwise administrators create the users."
      />
    ),
  }),
}
