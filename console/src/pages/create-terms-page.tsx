import { call } from '../api/call.ts'
import { linksOf, noTerms, termsFault } from '../api/terms-form.ts'
import { FormPage } from '../components/form-page.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { TermsFields } from './terms/terms-fields.tsx'

/** Gives an app client a terms document. */
export const CreateTermsPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const draft = useDraft('create-terms', noTerms)
  const { values } = draft
  const back = hrefOf('user-pools/:poolId/terms', { poolId })
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
    <FormPage
      title="Create terms document"
      submit="Create terms document"
      cancelHref={back}
      fault={termsFault(values)}
      onSubmit={create}
      onDone={() => {
        draft.reset()
        flashes.say('The terms document was created.')
        void navigate(back, { force: true })
      }}
    >
      <TermsFields poolId={poolId} draft={draft} isNew />
    </FormPage>
  )
}
