import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { knownBase } from '../../api/public-base.ts'
import { pagesOfPool } from '../../api/quick-links.ts'
import { ClientChoice } from '../../components/client-choice.tsx'
import { useLocation } from '../../router/location.ts'
import { setQuery } from '../../router/set-query.ts'
import { usePool } from '../../shell/pool.tsx'
import { useSession } from '../../shell/session-gate.tsx'
import type { Attempt } from './attempt.ts'
import { CallbackField } from './callback-field.tsx'
import { callbacksOf } from './callbacks.ts'
import { flowFault, flowOf, flows } from './flows.ts'
import { ownAddress } from './own-address.ts'
import { SecretField } from './secret-field.tsx'
import type { TypedProps } from './typed.ts'
import { typedFields } from './typed-fields.tsx'
import type { TestedClient, useTestedClient } from './use-tested-client.ts'
import { UserChoice } from './user-choice.tsx'

/** Why a sign-in can't begin with what is filled in, as a sentence. */
const missing = (attempt: Attempt, client: TestedClient, needsCallback: boolean): string | undefined => {
  if (client.secret === 'untold' && attempt.clientSecret === undefined)
    return 'Type a secret of the app client: it has one, and the API does not tell it.'
  if (needsCallback && attempt.callback === '') return 'The app client needs a callback URL for the login pages.'
  return undefined
}

const FlowField = ({ id }: { readonly id: string }) => {
  const flow = flowOf(id)
  return (
    <FormField label="Flow" description={flow.description}>
      <Select
        selectedOption={{ value: flow.id, label: flow.text }}
        options={flows.map(({ id: value, text }) => ({ value, label: text }))}
        onChange={({ detail }) => setQuery({ flow: detail.selectedOption.value ?? '' })}
      />
    </FormField>
  )
}

/** What is chosen in the address and typed on the page, put together; undefined while the app client or the pool is not loaded. */
const useAttempt = (poolId: string, client: TestedClient | undefined, { typed }: Pick<TypedProps, 'typed'>) => {
  const { searchParams } = useLocation()
  const pool = usePool()?.value
  const publicUrl = knownBase(useSession())
  if (client === undefined || pool === undefined) return undefined
  const { ClientId: clientId, ClientSecret } = client.settings
  const callbacks = callbacksOf(client.settings, ownAddress(poolId), typed.callback)
  const attempt: Attempt = {
    ...typed,
    flow: flowOf(searchParams.get('flow')).id,
    poolId,
    clientId,
    clientSecret: client.secret === 'none' ? undefined : typed.clientSecret || ClientSecret || undefined,
    username: searchParams.get('username') ?? '',
    loginPages: pagesOfPool(publicUrl, pool),
    callback: callbacks.chosen,
  }
  return { attempt, callbacks }
}

/** Asks for the app client, the flow and the user of a sign-in; the choice stands in the address, secrets don't. */
export const AttemptForm = ({
  poolId,
  tested,
  pending,
  typed,
  onType,
  onBegin,
}: TypedProps & {
  readonly poolId: string
  readonly tested: ReturnType<typeof useTestedClient>
  readonly pending: boolean
  readonly onBegin: (attempt: Attempt, fault: string | undefined) => void
}) => {
  const { searchParams } = useLocation()
  const { clientId = '', client, error, reload } = tested
  const flow = flowOf(searchParams.get('flow'))
  const chosen = useAttempt(poolId, client, { typed })
  const isHashedOverName = flow.id === 'REFRESH_TOKEN_AUTH' && client !== undefined && client.secret !== 'none'
  const needsCallback = flow.needs.includes('callback')
  const fault = client && flowFault(flow, client.settings)
  const lacks = client && chosen && missing(chosen.attempt, client, needsCallback)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen !== undefined && lacks === undefined && !pending) onBegin(chosen.attempt, fault)
      }}
    >
      <Container
        header={<Header variant="h2">Sign-in</Header>}
        footer={
          <Button variant="primary" loading={pending} disabled={chosen === undefined || lacks !== undefined}>
            Run
          </Button>
        }
      >
        <SpaceBetween size="m">
          <ColumnLayout columns={2}>
            <ClientChoice
              poolId={poolId}
              value={clientId}
              onChange={(client) => {
                onType({ clientSecret: '', callback: '' })
                setQuery({ client })
              }}
            />
            <FlowField id={flow.id} />
            {(flow.needs.includes('username') || isHashedOverName) && (
              <UserChoice
                poolId={poolId}
                value={searchParams.get('username') ?? ''}
                description={
                  isHashedOverName
                    ? 'SECRET_HASH of a refresh is made over the name itself, not over an alias: for one, the name is looked up.'
                    : 'Or an alias of the user.'
                }
                onChange={(username) => setQuery({ username })}
              />
            )}
            {typedFields({ flow, typed, onType })}
            {client !== undefined && client.secret !== 'none' && <SecretField secret={client.secret} typed={typed} onType={onType} />}
          </ColumnLayout>
          {needsCallback && chosen !== undefined && (
            <CallbackField
              poolId={poolId}
              clientId={clientId}
              callbacks={chosen.callbacks}
              onAdded={reload}
              typed={typed}
              onType={onType}
            />
          )}
          {error !== undefined && (
            <Alert type="error" header={error.code}>
              {error.message}
            </Alert>
          )}
          {lacks !== undefined && <Alert type="warning">{lacks}</Alert>}
          {fault !== undefined && <Alert type="warning">{fault} The server will refuse it; run it to see how.</Alert>}
        </SpaceBetween>
      </Container>
    </form>
  )
}
