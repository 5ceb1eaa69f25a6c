import type { TermsType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { formOfLinks, linksOf, termsFault } from '../api/terms-form.ts'
import { FormPage } from '../components/form-page.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { TermsFields } from './terms/terms-fields.tsx'

const EditTerms = ({ terms }: { readonly terms: TermsType }) => {
  const { UserPoolId: poolId, TermsId, ClientId, TermsName, Links } = terms
  const flashes = useFlashes()
  const draft = useDraft(`terms-${TermsId}`, { clientId: ClientId, name: TermsName, links: formOfLinks(Links) })
  const { values } = draft
  const back = hrefOf('user-pools/:poolId/terms', { poolId })
  return (
    <FormPage
      title={TermsName}
      description={`Terms document of the app client ${ClientId}.`}
      submit="Save changes"
      cancelHref={back}
      fault={termsFault(values)}
      onSubmit={() => call('UpdateTerms', { UserPoolId: poolId, TermsId, TermsName: values.name, Links: linksOf(values) })}
      onDone={() => {
        draft.reset(values)
        flashes.say('The terms document was changed.')
        void navigate(back, { force: true })
      }}
    >
      <TermsFields poolId={poolId} draft={draft} isNew={false} />
    </FormPage>
  )
}

/** Changes the links of a terms document. */
export const EditTermsPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', termsId: TermsId = '' } = params
  const load = useCall('DescribeTerms', { UserPoolId, TermsId })
  const terms = load.value?.Terms
  if (terms !== undefined) return <EditTerms key={terms.TermsId} terms={terms} />
  return (
    <Page title="Terms document">
      <Loaded load={{ ...load, value: terms }}>{() => null}</Loaded>
    </Page>
  )
}
