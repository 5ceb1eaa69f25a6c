import Button from '@cloudscape-design/components/button'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { pagesOf, type Row } from '../api/paged.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Moment } from '../components/moment.tsx'
import { TablePage } from '../components/table-page.tsx'
import { follow } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'

type Group = Row<'ListGroups'>

const help = {
  title: 'Groups',
  body: (
    <p>
      A user's groups stand in the tokens as cognito:groups. Where several have an IAM role, the one with the lowest precedence is
      preferred.
    </p>
  ),
}

/** The groups of a user pool. */
export const GroupsPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<{ readonly name: string; readonly reload: () => void }>()
  return (
    <>
      <TablePage
        name="groups"
        title="Groups"
        description="Users who belong together, by permission or purpose."
        help={help}
        load={pagesOf('ListGroups', { UserPoolId: poolId })}
        loadKey={poolId}
        rowId={({ GroupName = '' }) => GroupName}
        columns={[
          {
            id: 'name',
            header: 'Group name',
            cell: ({ GroupName: groupName = '' }: Group) => (
              <ConsoleLink href={hrefOf('user-pools/:poolId/groups/:groupName', { poolId, groupName })}>{groupName}</ConsoleLink>
            ),
            sort: ({ GroupName = '' }: Group) => GroupName,
          },
          { id: 'description', header: 'Description', cell: ({ Description }: Group) => Description || '-' },
          {
            id: 'precedence',
            header: 'Precedence',
            cell: ({ Precedence }: Group) => Precedence ?? '-',
            sort: ({ Precedence = Number.MAX_SAFE_INTEGER }: Group) => Precedence,
          },
          { id: 'role', header: 'IAM role', cell: ({ RoleArn }: Group) => RoleArn || '-', isHidden: true },
          {
            id: 'created',
            header: 'Created',
            cell: ({ CreationDate }: Group) => <Moment at={CreationDate} />,
            sort: ({ CreationDate = 0 }: Group) => CreationDate,
          },
          { id: 'changed', header: 'Last changed', cell: ({ LastModifiedDate }: Group) => <Moment at={LastModifiedDate} /> },
        ]}
        findIn={({ GroupName, Description = '' }) => `${GroupName} ${Description}`}
        rowActions={(group, reload) => (
          <Button disabled={group === undefined} onClick={() => group && setDoomed({ name: group.GroupName ?? '', reload })}>
            Delete
          </Button>
        )}
        createAction={
          <Button variant="primary" href={hrefOf('user-pools/:poolId/groups/create', { poolId })} onFollow={follow}>
            Create group
          </Button>
        }
        empty={{ title: 'No groups', text: 'Users of this pool belong to no group yet.' }}
      />
      {doomed && (
        <DeleteDialog
          what="group"
          name={doomed.name}
          onDelete={() => call('DeleteGroup', { UserPoolId: poolId, GroupName: doomed.name })}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (!deleted) return
            flashes.say(`The group ${doomed.name} was deleted.`)
            doomed.reload()
          }}
        >
          Its users stay, and new tokens of theirs don't name the group any more.
        </DeleteDialog>
      )}
    </>
  )
}
