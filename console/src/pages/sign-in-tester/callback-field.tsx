import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { changeClient } from '../../api/change-client.ts'
import { useAction } from '../../hooks/use-action.ts'
import type { Callbacks } from './callbacks.ts'
import type { TypedProps } from './typed.ts'

const OwnPage = ({
  poolId,
  clientId,
  callbacks: { own, ownFault },
  onAdded,
}: {
  readonly poolId: string
  readonly clientId: string
  readonly callbacks: Callbacks
  readonly onAdded: () => void
}) => {
  const add = useAction(
    async () => {
      await changeClient(poolId, clientId, ({ CallbackURLs = [] }) => ({ CallbackURLs: [...CallbackURLs, own] }))
      onAdded()
    },
    { failed: 'The callback URL could not be added', done: 'This page is among the app client’s callback URLs now.' },
  )
  if (ownFault !== undefined) {
    return (
      <Alert type="info">{`The answer can’t come back to this page by itself: ${ownFault} You will paste the address at which the login pages end.`}</Alert>
    )
  }
  return (
    <Alert
      type="info"
      action={
        <Button formAction="none" loading={add.pending} onClick={() => void add.run()}>
          Add this page
        </Button>
      }
    >
      {`The answer comes back by itself where this page is among the app client’s callback URLs: ${own}. Otherwise you will paste the address at which the login pages end.`}
    </Alert>
  )
}

/** Chooses where the login pages lead, and has this page added to the app client's callback URLs. */
export const CallbackField = ({
  poolId,
  clientId,
  callbacks,
  onAdded,
  typed,
  onType,
}: TypedProps & {
  readonly poolId: string
  readonly clientId: string
  readonly callbacks: Callbacks
  readonly onAdded: () => void
}) => {
  const { registered, own, chosen } = callbacks
  const described = (value: string) => ({ value, description: value === own ? 'This page: the answer comes back by itself.' : '' })
  return (
    <SpaceBetween size="s">
      <FormField label="Callback URL" description="One of the app client’s.">
        <Select
          selectedOption={chosen === '' ? null : { value: chosen }}
          options={registered.map(described)}
          placeholder="Choose a callback URL"
          empty="The app client has no callback URLs."
          onChange={({ detail }) => onType({ callback: detail.selectedOption.value ?? '' })}
        />
      </FormField>
      <Checkbox checked={typed.asksAnew} onChange={({ detail }) => onType({ asksAnew: detail.checked })}>
        Ask anew (prompt=login), also where this browser is signed in on the login pages
      </Checkbox>
      {!registered.includes(own) && <OwnPage poolId={poolId} clientId={clientId} callbacks={callbacks} onAdded={onAdded} />}
    </SpaceBetween>
  )
}
