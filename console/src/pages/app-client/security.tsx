import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { call } from '../../api/call.ts'
import { ConsoleLink } from '../../components/console-link.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useLoad } from '../../hooks/use-load.ts'
import { follow } from '../../router/location.ts'
import { hrefOf, type Params } from '../../router/path.ts'
import { silentText } from '../../settings/session-values.ts'
import { loadRisk } from '../../settings/update-risk.ts'

/** What an app client has of its own in threat protection and in sessions, with the ways to their forms. */
export const Security = ({ params }: { readonly params: Params }) => {
  const target = { UserPoolId: params['poolId'] ?? '', ClientId: params['clientId'] ?? '' }
  const below = (part: string) => hrefOf(`user-pools/:poolId/app-clients/:clientId/${part}`, params)
  const load = useLoad(async (signal) => {
    const [{ isInherited }, { SSOSession }] = await Promise.all([
      loadRisk(target, signal),
      call('GetUserPoolClientSessionConfiguration', target, signal),
    ])
    return { isInherited, minutes: SSOSession?.MaxValidityMinutes ?? 60 }
  }, `security ${target.UserPoolId} ${target.ClientId}`)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button href={below('session')} onFollow={follow}>
              Edit session
            </Button>
          }
        >
          Threat protection and sessions
        </Header>
      }
    >
      <Loaded load={load}>
        {({ isInherited, minutes }) => (
          <KeyValuePairs
            columns={3}
            items={[
              {
                label: 'Threat protection',
                value: (
                  <ConsoleLink href={below('threat-protection')}>{isInherited ? 'The pool’s settings' : 'Settings of its own'}</ConsoleLink>
                ),
              },
              { label: 'Silent sign-in after a sign-in elsewhere', value: silentText(minutes) },
            ]}
          />
        )}
      </Loaded>
    </Container>
  )
}
