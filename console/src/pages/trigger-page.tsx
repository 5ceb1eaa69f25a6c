import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { TriggerName } from '../../../src/domain/trigger-config.ts'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import { rebased } from '../api/rebased.ts'
import { unmappedFunctions } from '../api/unmapped-functions.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { Loaded } from '../components/loaded.tsx'
import { NotFound } from '../components/not-found.tsx'
import { Page } from '../components/page.tsx'
import { type Draft, useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { findTriggerKind, isSender, setTriggers, triggerFault, triggerKinds, withTrigger } from '../settings/trigger-values.ts'
import { updatePool } from '../settings/update-pool.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { usePool } from '../shell/pool.tsx'

interface TriggerForm {
  readonly name: string
  readonly arn: string
  readonly version: string
  readonly kmsKey: string
}

const unmappedSays =
  'Nothing on this server stands behind that ARN yet, and what asks it fails until then: see --trigger, or triggers in the server’s settings.'

const categories = ['Sign-up', 'Authentication', 'Custom authentication', 'Messaging'] as const

const KindChoice = ({ draft: { values, set }, taken }: { readonly draft: Draft<TriggerForm>; readonly taken: readonly string[] }) => {
  const chosen = findTriggerKind(values.name)
  const options = categories.map((category) => ({
    label: category,
    options: triggerKinds
      .filter((one) => one.category === category)
      .map(({ name, label, says }) => ({
        value: name,
        label,
        description: says,
        disabled: taken.includes(name),
        ...(taken.includes(name) && { disabledReason: 'The user pool has a function for it already.' }),
      })),
  }))
  return (
    <FormField label="Trigger">
      <Select
        selectedOption={chosen ? { value: chosen.name, label: chosen.label } : null}
        onChange={({ detail }) => set({ name: detail.selectedOption.value ?? '', version: 'V1_0' })}
        options={options}
        placeholder="Choose a trigger"
      />
    </FormField>
  )
}

const Fields = ({
  draft,
  isNew,
  taken,
}: {
  readonly draft: Draft<TriggerForm>
  readonly isNew: boolean
  readonly taken: readonly string[]
}) => {
  const { values, set } = draft
  const versions = findTriggerKind(values.name)?.versions ?? ['V1_0']
  return (
    <Container header={<Header variant="h2">Lambda function</Header>}>
      <SpaceBetween size="l">
        {isNew && <KindChoice draft={draft} taken={taken} />}
        <FormField
          label="Lambda function ARN"
          description="The server's settings (triggers) say what stands behind it."
          constraintText="e.g. arn:aws:lambda:us-east-1:000000000000:function:my-function"
        >
          <Input value={values.arn} onChange={({ detail }) => set({ arn: detail.value })} spellcheck={false} autoComplete={false} />
        </FormField>
        {versions.length > 1 && (
          <FormField label="Event version" description="V1 changes ID tokens, V2 access tokens too, V3 also those of machines.">
            <Select
              selectedOption={{ value: values.version, label: values.version }}
              onChange={({ detail }) => set({ version: detail.selectedOption.value ?? 'V1_0' })}
              options={versions.map((value) => ({ value, label: value }))}
            />
          </FormField>
        )}
        {isSender(values.name) && (
          <FormField label="KMS key ARN" description="The key under which the function gets codes; one for all senders of the user pool.">
            <Input value={values.kmsKey} onChange={({ detail }) => set({ kmsKey: detail.value })} spellcheck={false} autoComplete={false} />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  )
}

const formOf = (pool: UserPoolType, name: string | undefined): TriggerForm => {
  const old = setTriggers(pool).find(({ kind }) => kind.name === name)
  return { name: name ?? '', arn: old?.arn ?? '', version: old?.version ?? 'V1_0', kmsKey: pool.LambdaConfig?.KMSKeyID ?? '' }
}

const TriggerFormPage = ({ pool, name }: { readonly pool: UserPoolType; readonly name: string | undefined }) => {
  const poolId = pool.Id ?? ''
  const loaded = usePool()
  const flashes = useFlashes()
  const present = setTriggers(pool)
  const draft = useDraft(`trigger-${name ?? 'new'}`, formOf(pool, name))
  const { values } = draft
  const kind = findTriggerKind(values.name)
  return (
    <DraftForm
      draft={draft}
      title={name === undefined ? 'Add Lambda trigger' : (kind?.label ?? name)}
      {...(kind !== undefined && { description: kind.says })}
      submit={name === undefined ? 'Add Lambda trigger' : 'Save changes'}
      back={hrefOf('user-pools/:poolId/triggers', { poolId })}
      fault={triggerFault(values)}
      onSubmit={async () => {
        await updatePool(poolId, (now) => ({
          LambdaConfig: withTrigger(now.LambdaConfig, { ...rebased(draft, formOf(now, name)), name: values.name as TriggerName }),
        }))
        return unmappedFunctions(poolId)
      }}
      onSaved={(unmapped) => {
        const says = `${kind?.label} asks ${values.arn} now.`
        if (unmapped?.includes(values.arn)) flashes.warn(`${says} ${unmappedSays}`)
        else flashes.say(says)
        loaded?.reload()
      }}
    >
      <Fields draft={draft} isNew={name === undefined} taken={present.map((one) => one.kind.name)} />
    </DraftForm>
  )
}

/** Adds a function for a trigger, or changes the one that the address names. */
export const TriggerPage = ({ params }: PageProps) => {
  const name = params['trigger']
  const pool = usePool()
  if (name !== undefined && findTriggerKind(name) === undefined) return <NotFound />
  if (pool?.value !== undefined) return <TriggerFormPage pool={pool.value} name={name} />
  const load = { value: undefined, error: pool?.error, loading: pool?.loading ?? true, reload: pool?.reload ?? (() => {}) }
  return (
    <Page title="Lambda trigger">
      <Loaded load={load}>{() => null}</Loaded>
    </Page>
  )
}
