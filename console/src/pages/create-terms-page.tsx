import { call } from '../api/call.ts'
import { linksOf, noTerms, termsFault } from '../api/terms-form.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { TermsFields } from './terms/terms-fields.tsx'

/** Gives an app client a terms document. */
export const CreateTermsPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const draft = useDraft('create-terms', noTerms)
  const { values } = draft
  const create = () =>
    call('CreateTerms', {
      UserPoolId: poolId,
      ClientId: values.clientId,
      TermsName: values.name,
      TermsSource: 'LINK',
      Enforcement: 'NONE',
      Links: linksOf(values),
    })
  return (
    <DraftForm
      draft={draft}
      title="Create terms document"
      submit="Create terms document"
      saved="The terms document was created."
      back={hrefOf('user-pools/:poolId/terms', { poolId })}
      fault={termsFault(values)}
      onSubmit={create}
    >
      <TermsFields poolId={poolId} draft={draft} isNew />
    </DraftForm>
  )
}
