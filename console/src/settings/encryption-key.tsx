import SpaceBetween from '@cloudscape-design/components/space-between'
import type { EncryptionKeyType, UserPoolType } from '../../../src/model/types.gen.ts'
import { rebased } from '../api/rebased.ts'
import { ChoiceField, TextField } from './fields.tsx'
import type { PoolChanges } from './pool-update.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

const types = { AWS_OWNED_KEY: 'AWS owned key', CUSTOMER_MANAGED_KEY: 'Customer managed key' } as const

interface KeyValues {
  readonly type: EncryptionKeyType
  readonly arn: string
}

const keyValues = ({ KeyConfiguration: given }: UserPoolType): KeyValues => ({
  type: given?.KeyType ?? 'AWS_OWNED_KEY',
  arn: given?.KmsKeyArn ?? '',
})

const keyChanges = ({ type, arn }: KeyValues): PoolChanges => ({
  KeyConfiguration: type === 'AWS_OWNED_KEY' ? { KeyType: type } : { KeyType: type, KmsKeyArn: arn.trim() },
})

/** Under which key of AWS a pool says that its data are. */
export const encryptionKey: Setting = {
  id: 'encryption-key',
  title: 'Encryption key',
  description: 'Kept and shown for tools that ask. This server seals its data under its own master key, whatever is chosen here.',
  items: ({ pool }) => [
    { label: 'Key type', value: types[keyValues(pool).type] },
    { label: 'KMS key ARN', value: keyValues(pool).arn || '-' },
  ],
  Form: settingForm({
    what: 'encryption key',
    read: ({ pool }) => keyValues(pool),
    fault: ({ type, arn }) =>
      type === 'CUSTOMER_MANAGED_KEY' && arn.trim() === '' ? 'A customer managed key needs the ARN of the key.' : undefined,
    save: (poolId, edit) => updatePool(poolId, (pool) => keyChanges(rebased(edit, keyValues(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <ChoiceField
          label="Key type"
          value={values.type}
          onChange={(type) => set({ type })}
          items={[
            { value: 'AWS_OWNED_KEY', label: types.AWS_OWNED_KEY },
            { value: 'CUSTOMER_MANAGED_KEY', label: types.CUSTOMER_MANAGED_KEY },
          ]}
        />
        {values.type === 'CUSTOMER_MANAGED_KEY' && (
          <TextField
            label="KMS key ARN"
            value={values.arn}
            onChange={(arn) => set({ arn })}
            hint="E.g. arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000. Nothing is encrypted with it."
          />
        )}
      </SpaceBetween>
    ),
  }),
}
