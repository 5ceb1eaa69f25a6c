import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { TextField } from './fields.tsx'
import { levelChanges, levelNames, levels, usualNames } from './level-values.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

/** What the pool calls the levels of authentication. */
export const authenticationLevels: Setting = {
  id: 'authentication-levels',
  title: 'Authentication levels',
  description: 'The names that tokens have in their acr claim, and that applications ask for in acr_values.',
  items: ({ pool }) => levels.map(({ id, text }) => ({ label: text, value: levelNames(pool)[id] })),
  Form: settingForm({
    what: 'authentication levels',
    read: ({ pool }) => levelNames(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => levelChanges(rebased(edit, levelNames(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        {levels.map(({ id, text, why }) => (
          <TextField
            key={id}
            label={text}
            value={values[id]}
            placeholder={usualNames[id]}
            onChange={(name) => set({ [id]: name })}
            hint={`${why} Empty: ${usualNames[id]}.`}
          />
        ))}
      </SpaceBetween>
    ),
  }),
}
