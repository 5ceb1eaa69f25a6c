import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { Copyable } from '../components/copyable.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { follow, navigate, useLocation } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { DeletePoolDialog } from '../settings/delete-pool-dialog.tsx'
import { mfaModes } from '../settings/multi-factor.tsx'
import { protectionText, tiers } from '../settings/pool-general.tsx'
import { signInNames } from '../settings/sign-in-names.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { usePool } from '../shell/pool.tsx'
import { NextSteps } from './user-pool/next-steps.tsx'

/** A user pool at a glance. */
export const UserPoolPage = ({ params }: PageProps) => {
  const pool = usePool()
  const flashes = useFlashes()
  const made = useLocation().searchParams.get('made')
  const [isDoomed, setIsDoomed] = useState(false)
  if (pool === undefined) return null
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button href={hrefOf('user-pools/:poolId/settings/name', params)} onFollow={follow}>
        Rename
      </Button>
      <Button disabled={pool.value === undefined} onClick={() => setIsDoomed(true)}>
        Delete
      </Button>
    </SpaceBetween>
  )
  return (
    <Page title={pool.value?.Name ?? params['poolId'] ?? ''} onReload={pool.reload} actions={actions}>
      <Loaded load={pool}>
        {(value) => (
          <>
            {made !== null && <NextSteps pool={value} clientId={made} />}
            <Container header={<Header variant="h2">User pool</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: 'User pool ID', value: <Copyable text={value.Id} what="User pool ID" /> },
                  { label: 'ARN', value: <Copyable text={value.Arn} what="ARN" /> },
                  { label: 'Estimated number of users', value: (value.EstimatedNumberOfUsers ?? 0).toLocaleString('en') },
                  { label: 'Created', value: <Moment at={value.CreationDate} /> },
                  { label: 'Last changed', value: <Moment at={value.LastModifiedDate} /> },
                  { label: 'Feature plan', value: tiers[value.UserPoolTier ?? 'ESSENTIALS'] },
                ]}
              />
            </Container>
            <Container header={<Header variant="h2">Sign-in</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: 'Sign-in names', value: signInNames(value).join(', ') },
                  { label: 'Multi-factor authentication', value: mfaModes[value.MfaConfiguration ?? 'OFF'] },
                  {
                    label: 'Self-registration',
                    value: value.AdminCreateUserConfig?.AllowAdminCreateUserOnly ? 'Administrators create users' : 'Users may sign up',
                  },
                  { label: 'Verified automatically', value: value.AutoVerifiedAttributes?.join(', ') || 'nothing' },
                  { label: 'Domain', value: <Copyable text={value.CustomDomain ?? value.Domain} what="Domain" /> },
                  { label: 'Deletion protection', value: protectionText(value) },
                ]}
              />
            </Container>
          </>
        )}
      </Loaded>
      {isDoomed && (
        <DeletePoolDialog
          poolId={params['poolId'] ?? ''}
          name={pool.value?.Name ?? ''}
          onClose={(deleted) => {
            setIsDoomed(false)
            // A refusal may have left a part of the pool deleted.
            if (!deleted) return pool.reload()
            flashes.say(`The user pool ${pool.value?.Name} was deleted.`)
            void navigate(hrefOf('user-pools'))
          }}
        />
      )}
    </Page>
  )
}
