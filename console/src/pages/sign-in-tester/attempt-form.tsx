import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { pagesOf } from '../../api/paged.ts'
import { useLoad } from '../../hooks/use-load.ts'
import { useLocation } from '../../router/location.ts'
import { setQuery } from '../../router/set-query.ts'
import { flowFault, flowOf, flows } from './flows.ts'
import type { Attempt } from './run-sign-in.ts'

const firstChallenges = ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP']

const typedNothing = { password: '', refreshToken: '', firstChallenge: '', scopes: '' }

/** The app client that the address names, or the pool's first. */
const useChosenClient = (poolId: string) => {
  const named = useLocation().searchParams.get('client')
  const load = useLoad((signal) => pagesOf('ListUserPoolClients', { UserPoolId: poolId })(60, undefined, signal), `clients of ${poolId}`)
  const options = (load.value?.rows ?? []).map(({ ClientId: value = '', ClientName: label = value }) => ({
    value,
    label,
    description: value,
  }))
  const clientId = named ?? options[0]?.value
  const found = useLoad(
    async (signal) =>
      clientId === undefined
        ? undefined
        : (await call('DescribeUserPoolClient', { UserPoolId: poolId, ClientId: clientId }, signal)).UserPoolClient,
    `app client ${poolId} ${clientId}`,
  )
  return { options, client: found.value, error: load.error ?? found.error }
}

/** Asks for the app client, the flow and the user of a sign-in; the choice stands in the address, secrets don't. */
export const AttemptForm = ({
  poolId,
  pending,
  onBegin,
}: {
  readonly poolId: string
  readonly pending: boolean
  readonly onBegin: (attempt: Attempt, fault: string | undefined) => void
}) => {
  const { searchParams } = useLocation()
  const { options, client, error } = useChosenClient(poolId)
  const flow = flowOf(searchParams.get('flow'))
  const username = searchParams.get('username') ?? ''
  const [typed, setTyped] = useState(typedNothing)
  const type = (changes: Partial<typeof typedNothing>) => setTyped((before) => ({ ...before, ...changes }))
  const wants = (what: string): boolean => ([...flow.needs, ...(flow.takes ?? [])] as readonly string[]).includes(what)
  const wantsName = wants('username') || (flow.id === 'REFRESH_TOKEN_AUTH' && client?.ClientSecret !== undefined)
  const fault = client && flowFault(flow, client)
  const begin = () => {
    if (client?.ClientId === undefined || pending) return
    const { ClientId: clientId, ClientSecret: clientSecret } = client
    onBegin({ flow: flow.id, poolId, clientId, clientSecret, username, ...typed }, fault)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        begin()
      }}
    >
      <Container
        header={<Header variant="h2">Sign-in</Header>}
        footer={
          <Button variant="primary" loading={pending} disabled={client === undefined}>
            Run
          </Button>
        }
      >
        <SpaceBetween size="m">
          <ColumnLayout columns={2}>
            <FormField label="App client">
              <Select
                selectedOption={
                  client === undefined ? null : { value: client.ClientId ?? '', label: client.ClientName ?? client.ClientId ?? '' }
                }
                placeholder="Choose an app client"
                empty="The user pool has no app clients"
                filteringType="auto"
                options={options}
                onChange={({ detail }) => setQuery({ client: detail.selectedOption.value ?? '' })}
              />
            </FormField>
            <FormField label="Flow" description={flow.description}>
              <Select
                selectedOption={{ value: flow.id, label: flow.text }}
                options={flows.map(({ id, text }) => ({ value: id, label: text }))}
                onChange={({ detail }) => setQuery({ flow: detail.selectedOption.value ?? '' })}
              />
            </FormField>
            {wantsName && (
              <FormField label="User name" description="Or an alias of the user.">
                <Input
                  value={username}
                  autoComplete={false}
                  spellcheck={false}
                  onChange={({ detail }) => setQuery({ username: detail.value })}
                />
              </FormField>
            )}
            {wants('password') && (
              <FormField label="Password" description={flow.takes === undefined ? 'Not kept.' : 'Optional. Not kept.'}>
                <Input
                  type="password"
                  value={typed.password}
                  autoComplete={false}
                  onChange={({ detail }) => type({ password: detail.value })}
                />
              </FormField>
            )}
            {wants('firstChallenge') && (
              <FormField label="Preferred challenge" description="Without one the server lists what the user may choose from.">
                <Select
                  selectedOption={{ value: typed.firstChallenge, label: typed.firstChallenge || 'None' }}
                  options={[{ value: '', label: 'None' }, ...firstChallenges.map((value) => ({ value, label: value }))]}
                  onChange={({ detail }) => type({ firstChallenge: detail.selectedOption.value ?? '' })}
                />
              </FormField>
            )}
            {wants('refreshToken') && (
              <FormField label="Refresh token">
                <Textarea
                  value={typed.refreshToken}
                  rows={3}
                  spellcheck={false}
                  onChange={({ detail }) => type({ refreshToken: detail.value })}
                />
              </FormField>
            )}
            {wants('scopes') && (
              <FormField label="Scopes" description="Separated by spaces; left empty, all that the app client may have.">
                <Input value={typed.scopes} spellcheck={false} onChange={({ detail }) => type({ scopes: detail.value })} />
              </FormField>
            )}
          </ColumnLayout>
          {error !== undefined && (
            <Alert type="error" header={error.code}>
              {error.message}
            </Alert>
          )}
          {fault !== undefined && <Alert type="warning">{fault} The server will refuse it; run it to see how.</Alert>}
        </SpaceBetween>
      </Container>
    </form>
  )
}
