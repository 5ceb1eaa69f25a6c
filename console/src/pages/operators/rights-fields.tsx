import Alert from '@cloudscape-design/components/alert'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Multiselect from '@cloudscape-design/components/multiselect'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { allRows } from '../../api/all-rows.ts'
import { type NewOperator, policyOf, type RightsKind } from '../../api/new-operator.ts'
import { readPolicy } from '../../api/policy-text.ts'
import type { Draft } from '../../hooks/use-draft.ts'
import { useLoad } from '../../hooks/use-load.ts'

const Pools = ({ draft: { values, set } }: { readonly draft: Draft<NewOperator> }) => {
  const pools = useLoad((signal) => allRows('ListUserPools', {}, signal), 'pools')
  const options = (pools.value ?? []).map(({ Id = '', Name = '' }) => ({ value: Id, label: Name, description: Id }))
  // What was chosen in another region, or is gone, stays until it is taken away.
  const chosen = values.poolIds.map((id) => options.find(({ value }) => value === id) ?? { value: id, label: id })
  return (
    <FormField label="User pools" description="Those of the region that is chosen on top.">
      <Multiselect
        selectedOptions={chosen}
        options={options}
        onChange={({ detail }) => set({ poolIds: detail.selectedOptions.map(({ value = '' }) => value) })}
        statusType={pools.error !== undefined ? 'error' : pools.value === undefined ? 'loading' : 'finished'}
        loadingText="Loading user pools"
        {...(pools.error !== undefined && { errorText: pools.error.message })}
        recoveryText="Try again"
        onLoadItems={() => pools.error !== undefined && pools.reload()}
        placeholder="Choose user pools"
        empty="No user pools in this region"
        filteringType="auto"
        filteringAriaLabel="Find user pools"
        deselectAriaLabel={({ label }) => `Take ${label} away`}
      />
    </FormField>
  )
}

const OwnPolicy = ({ draft: { values, set } }: { readonly draft: Draft<NewOperator> }) => {
  const read = readPolicy(values.policyText)
  return (
    <FormField
      label="Policy"
      stretch
      description="An IAM policy, as JSON. Whatever the server would not enforce is refused."
      errorText={values.policyText !== '' && 'fault' in read ? read.fault : undefined}
    >
      <Textarea
        value={values.policyText}
        rows={16}
        spellcheck={false}
        onChange={({ detail }) => set({ policyText: detail.value })}
        placeholder={'{ "Version": "2012-10-17", "Statement": [ ... ] }'}
      />
    </FormField>
  )
}

/** What a new operator may do: a role, or a policy of one's own. */
export const RightsFields = ({ draft }: { readonly draft: Draft<NewOperator> }) => {
  const { values, set } = draft
  const isRole = values.rights !== 'policy'
  const choose = (rights: RightsKind) => {
    if (rights !== 'policy' || values.policyText !== '') return set({ rights })
    // Whoever writes a policy begins with what the role says.
    const begun = policyOf(values)
    return set({ rights, policyText: 'document' in begun ? JSON.stringify(begun.document, null, 2) : '' })
  }
  return (
    <Container header={<Header variant="h2">Rights</Header>}>
      <SpaceBetween size="l">
        <FormField label="Role">
          <RadioGroup
            value={values.rights}
            onChange={({ detail }) => choose(detail.value as RightsKind)}
            items={[
              {
                value: 'support',
                label: 'Support',
                description: 'Finds users, confirms them, resets passwords, disables and enables, signs out. Changes no settings.',
              },
              {
                value: 'read-only',
                label: 'Read-only',
                description: 'Sees users and settings, with the secrets of app clients, and changes nothing.',
              },
              {
                value: 'administrator',
                label: 'Administrator',
                description: 'All users and all settings; if bound to no user pools, new user pools and other operators, too.',
              },
              { value: 'policy', label: 'A policy of your own', description: 'An IAM policy, beginning with the role that is chosen now.' },
            ]}
          />
        </FormField>
        {isRole && (
          <FormField label="Bound to">
            <RadioGroup
              value={values.bound}
              onChange={({ detail }) => set({ bound: detail.value as NewOperator['bound'] })}
              items={[
                { value: 'all', label: 'All user pools' },
                { value: 'chosen', label: 'Chosen user pools' },
              ]}
            />
          </FormField>
        )}
        {isRole && values.bound === 'chosen' && <Pools draft={draft} />}
        {!isRole && <OwnPolicy draft={draft} />}
        <Alert type="info">
          Nobody gives what they lack: what you may not do yourself, the new operator may not do either, whatever stands here.
        </Alert>
      </SpaceBetween>
    </Container>
  )
}
