import type { TermsType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { rebased } from '../api/rebased.ts'
import { formOfLinks, linksOf, type TermsForm, termsFault } from '../api/terms-form.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { TermsFields } from './terms/terms-fields.tsx'

const formOf = ({ ClientId, TermsName, Links }: TermsType): TermsForm => ({
  clientId: ClientId,
  name: TermsName,
  links: formOfLinks(Links),
})

const EditTerms = ({ terms }: { readonly terms: TermsType }) => {
  const { UserPoolId: poolId, TermsId, ClientId, TermsName } = terms
  const draft = useDraft(`terms-${TermsId}`, formOf(terms))
  const save = async () => {
    const { Terms: now = terms } = await call('DescribeTerms', { UserPoolId: poolId, TermsId })
    const links = rebased({ start: linksOf(draft.start), values: linksOf(draft.values) }, now.Links)
    await call('UpdateTerms', { UserPoolId: poolId, TermsId, TermsName: now.TermsName, Links: links })
  }
  return (
    <DraftForm
      draft={draft}
      title={TermsName}
      description={`Terms document of the app client ${ClientId}.`}
      submit="Save changes"
      saved="The terms document was changed."
      fault={termsFault(draft.values)}
      back={hrefOf('user-pools/:poolId/terms', { poolId })}
      onSubmit={save}
    >
      <TermsFields poolId={poolId} draft={draft} isNew={false} />
    </DraftForm>
  )
}

/** Changes the links of a terms document. */
export const EditTermsPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', termsId: TermsId = '' } = params
  const load = useCall('DescribeTerms', { UserPoolId, TermsId })
  return (
    <LoadedForm title="Terms document" load={{ ...load, value: load.value?.Terms }}>
      {(terms) => <EditTerms terms={terms} />}
    </LoadedForm>
  )
}
