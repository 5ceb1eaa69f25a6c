import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { pagesOf, type Row } from '../api/paged.ts'
import { ConsoleLink } from '../components/console-link.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Moment } from '../components/moment.tsx'
import { TablePage } from '../components/table-page.tsx'
import { follow, navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'

type Terms = Row<'ListTerms'>

const help = {
  title: 'Terms documents',
  body: (
    <p>
      Links to the terms of use and the privacy policy of an app client, in up to 13 languages. Managed login shows them to people who sign
      up once the app client has both.
    </p>
  ),
}

const title: Readonly<Record<string, string>> = { 'terms-of-use': 'Terms of use', 'privacy-policy': 'Privacy policy' }

/** The terms documents of a user pool's app clients. */
export const TermsPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const [doomed, setDoomed] = useState<{ readonly terms: Terms; readonly reload: () => void }>()
  const editHref = (termsId: string) => hrefOf('user-pools/:poolId/terms/:termsId', { poolId, termsId })
  const createHref = hrefOf('user-pools/:poolId/terms/create', { poolId })
  return (
    <>
      <TablePage
        name="terms"
        title="Terms documents"
        description="Terms of use and privacy policies that people see when they sign up."
        help={help}
        load={pagesOf('ListTerms', { UserPoolId: poolId })}
        loadKey={`terms ${poolId}`}
        rowId={({ TermsId }) => TermsId}
        columns={[
          {
            id: 'name',
            header: 'Document',
            cell: ({ TermsId, TermsName }: Terms) => <ConsoleLink href={editHref(TermsId)}>{title[TermsName] ?? TermsName}</ConsoleLink>,
            sort: ({ TermsName }: Terms) => TermsName,
          },
          { id: 'id', header: 'Terms ID', cell: ({ TermsId }: Terms) => <Copyable text={TermsId} what="Terms ID" /> },
          {
            id: 'created',
            header: 'Created',
            cell: ({ CreationDate }: Terms) => <Moment at={CreationDate} />,
            sort: (row) => row.CreationDate,
          },
          {
            id: 'modified',
            header: 'Last changed',
            cell: ({ LastModifiedDate }: Terms) => <Moment at={LastModifiedDate} />,
            sort: (row) => row.LastModifiedDate,
          },
        ]}
        findIn={({ TermsId, TermsName }) => `${TermsName} ${TermsId}`}
        rowActions={(terms, reload) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={terms === undefined} onClick={() => terms && setDoomed({ terms, reload })}>
              Delete
            </Button>
            <Button disabled={terms === undefined} onClick={() => terms && void navigate(editHref(terms.TermsId))}>
              Edit
            </Button>
          </SpaceBetween>
        )}
        createAction={
          <Button variant="primary" href={createHref} onFollow={follow}>
            Create terms document
          </Button>
        }
        empty={{ title: 'No terms documents', text: 'Nobody has to read anything when they sign up.' }}
      />
      {doomed && (
        <DeleteDialog
          what="terms document"
          name={doomed.terms.TermsName}
          onDelete={() => call('DeleteTerms', { UserPoolId: poolId, TermsId: doomed.terms.TermsId })}
          onClose={(deleted) => {
            setDoomed(undefined)
            if (!deleted) return
            flashes.say('The terms document was deleted.')
            doomed.reload()
          }}
        >
          People who sign up no longer see a link to it.
        </DeleteDialog>
      )}
    </>
  )
}
