import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { UserPoolType } from '../../../src/model/types.gen.ts'
import { Copyable } from '../components/copyable.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import type { PageProps } from '../router/page-props.ts'
import { usePool } from '../shell/pool.tsx'

const signInNames = ({ UsernameAttributes = [], AliasAttributes = [] }: UserPoolType): string => {
  if (UsernameAttributes.length > 0) return UsernameAttributes.join(', ')
  return ['user name', ...AliasAttributes].join(', ')
}

/** A user pool at a glance. */
export const UserPoolPage = ({ params }: PageProps) => {
  const pool = usePool()
  if (pool === undefined) return null
  return (
    <Page title={pool.value?.Name ?? params['poolId'] ?? ''} onReload={pool.reload}>
      <Loaded load={pool}>
        {(value) => (
          <>
            <Container header={<Header variant="h2">User pool</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: 'User pool ID', value: <Copyable text={value.Id} what="User pool ID" /> },
                  { label: 'ARN', value: <Copyable text={value.Arn} what="ARN" /> },
                  { label: 'Estimated number of users', value: (value.EstimatedNumberOfUsers ?? 0).toLocaleString('en') },
                  { label: 'Created', value: <Moment at={value.CreationDate} /> },
                  { label: 'Last changed', value: <Moment at={value.LastModifiedDate} /> },
                  { label: 'Feature plan', value: value.UserPoolTier ?? '-' },
                ]}
              />
            </Container>
            <Container header={<Header variant="h2">Sign-in</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: 'Sign-in names', value: signInNames(value) },
                  { label: 'Multi-factor authentication', value: value.MfaConfiguration ?? '-' },
                  {
                    label: 'Self-registration',
                    value: value.AdminCreateUserConfig?.AllowAdminCreateUserOnly ? 'Administrators create users' : 'Users may sign up',
                  },
                  { label: 'Verified automatically', value: value.AutoVerifiedAttributes?.join(', ') || 'nothing' },
                  { label: 'Domain', value: <Copyable text={value.CustomDomain ?? value.Domain} what="Domain" /> },
                  { label: 'Deletion protection', value: value.DeletionProtection ?? '-' },
                ]}
              />
            </Container>
          </>
        )}
      </Loaded>
    </Page>
  )
}
