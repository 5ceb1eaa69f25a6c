import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { call } from '../api/call.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import {
  type CustomAttributeValues,
  customAttribute,
  customAttributeFault,
  noCustomAttribute,
} from '../settings/custom-attribute-values.ts'
import { CheckField, TextField } from '../settings/fields.tsx'
import { usePool } from '../shell/pool.tsx'

const types = (['String', 'Number', 'DateTime', 'Boolean'] as const).map((value) => ({ value, label: value }))

/** Adds a custom attribute to a pool. */
export const AddCustomAttributePage = ({ params }: PageProps) => {
  const UserPoolId = params['poolId'] ?? ''
  const pool = usePool()
  const draft = useDraft('custom attribute', noCustomAttribute)
  const { values, set } = draft
  return (
    <DraftForm
      draft={draft}
      title="Add custom attribute"
      description="An attribute can't be changed or removed once it was added."
      submit="Add custom attribute"
      fault={customAttributeFault(values)}
      saved={`The attribute custom:${values.name.trim()} was added.`}
      back={hrefOf('user-pools/:poolId/sign-up', params)}
      onSubmit={() => call('AddCustomAttributes', { UserPoolId, CustomAttributes: [customAttribute(values)] })}
      onSaved={() => pool?.reload()}
    >
      <Container>
        <SpaceBetween size="l">
          <TextField
            label="Name"
            value={values.name}
            onChange={(name) => set({ name })}
            hint="Up to 20 characters; custom: is put before it."
          />
          <FormField label="Type">
            <Select
              selectedOption={types.find(({ value }) => value === values.type) ?? null}
              options={types}
              onChange={({ detail }) => set({ type: detail.selectedOption.value as CustomAttributeValues['type'] })}
            />
          </FormField>
          {(values.type === 'String' || values.type === 'Number') && (
            <SpaceBetween size="l">
              <TextField
                label={values.type === 'String' ? 'Minimum length - optional' : 'Minimum value - optional'}
                value={values.min}
                onChange={(min) => set({ min })}
              />
              <TextField
                label={values.type === 'String' ? 'Maximum length - optional' : 'Maximum value - optional'}
                value={values.max}
                onChange={(max) => set({ max })}
              />
            </SpaceBetween>
          )}
          <CheckField
            label="Mutable"
            value={values.mutable}
            onChange={(mutable) => set({ mutable })}
            hint="The value can be changed after sign-up."
          />
        </SpaceBetween>
      </Container>
    </DraftForm>
  )
}
