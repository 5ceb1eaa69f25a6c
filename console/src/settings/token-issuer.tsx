import type { IssuerType } from '../../../src/model/types.gen.ts'
import { rebased } from '../api/rebased.ts'
import { ChoiceField } from './fields.tsx'
import type { Now, Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

const types = { ORIGINAL: 'Original', UPDATED: 'Updated' } as const
const issuerType = ({ pool }: Pick<Now, 'pool'>): IssuerType => pool.IssuerConfiguration?.Type ?? 'ORIGINAL'

/** Who issues a pool's tokens, where the server names the addresses of AWS. */
export const tokenIssuer: Setting = {
  id: 'issuer',
  title: 'Token issuer',
  description: 'Counts where this server was started with --issuer aws. Otherwise the issuer is its own address, whatever is chosen here.',
  items: (now) => [{ label: 'Issuer type', value: types[issuerType(now)] }],
  Form: settingForm({
    what: 'token issuer',
    read: ({ pool }) => ({ type: issuerType({ pool }) }),
    save: (poolId, edit) =>
      updatePool(poolId, (pool) => ({ IssuerConfiguration: { Type: rebased(edit, { type: issuerType({ pool }) }).type } })),
    Fields: ({ draft: { values, set }, now: { pool } }) => {
      const region = (pool.Id ?? '').split('_')[0]
      return (
        <ChoiceField
          label="Issuer type"
          value={values.type}
          onChange={(type) => set({ type })}
          items={[
            { value: 'ORIGINAL', label: types.ORIGINAL, description: `https://cognito-idp.${region}.amazonaws.com/${pool.Id}` },
            { value: 'UPDATED', label: types.UPDATED, description: `https://issuer-cognito-idp.${region}.amazonaws.com/${pool.Id}` },
          ]}
        />
      )
    },
  }),
}
