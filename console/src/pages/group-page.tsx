import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { Copyable } from '../components/copyable.tsx'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { useCall } from '../hooks/use-call.ts'
import { follow, navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { Members } from './group/members.tsx'

/** A group and its members. */
export const GroupPage = ({ params }: PageProps) => {
  const { poolId = '', groupName = '' } = params
  const load = useCall('GetGroup', { UserPoolId: poolId, GroupName: groupName })
  const flashes = useFlashes()
  const [deleting, setDeleting] = useState(false)
  const group = load.value?.Group
  return (
    <Page
      title={groupName}
      onReload={load.reload}
      actions={
        group !== undefined && (
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDeleting(true)}>Delete</Button>
            <Button href={hrefOf('user-pools/:poolId/groups/:groupName/edit', params)} onFollow={follow}>
              Edit
            </Button>
          </SpaceBetween>
        )
      }
    >
      <Loaded load={{ ...load, value: group }}>
        {(value) => (
          <>
            <Container header={<Header variant="h2">Group information</Header>}>
              <KeyValuePairs
                columns={3}
                items={[
                  { label: 'Description', value: value.Description || '-' },
                  { label: 'Precedence', value: value.Precedence ?? '-' },
                  { label: 'IAM role', value: <Copyable text={value.RoleArn} what="IAM role" /> },
                  { label: 'Created', value: <Moment at={value.CreationDate} /> },
                  { label: 'Last changed', value: <Moment at={value.LastModifiedDate} /> },
                ]}
              />
            </Container>
            <Members poolId={poolId} groupName={groupName} />
          </>
        )}
      </Loaded>
      {deleting && (
        <DeleteDialog
          what="group"
          name={groupName}
          onDelete={() => call('DeleteGroup', { UserPoolId: poolId, GroupName: groupName })}
          onClose={(deleted) => {
            setDeleting(false)
            if (!deleted) return
            flashes.say(`The group ${groupName} was deleted.`)
            void navigate(hrefOf('user-pools/:poolId/groups', { poolId }))
          }}
        >
          Its users stay, and new tokens of theirs don't name the group any more.
        </DeleteDialog>
      )}
    </Page>
  )
}
