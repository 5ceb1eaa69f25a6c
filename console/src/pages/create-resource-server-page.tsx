import { call } from '../api/call.ts'
import { noResourceServer, resourceServerFault, resourceServerInput } from '../api/resource-server-form.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { ResourceServerFields } from './resource-server/resource-server-fields.tsx'

/** Makes a resource server. */
export const CreateResourceServerPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const draft = useDraft('create-resource-server', noResourceServer)
  const input = resourceServerInput(poolId, draft.values)
  return (
    <DraftForm
      draft={draft}
      title="Create resource server"
      submit="Create resource server"
      fault={resourceServerFault(draft.values)}
      saved={`The resource server ${input.Name} was created.`}
      back={hrefOf('user-pools/:poolId/resource-servers', { poolId })}
      onSubmit={() => call('CreateResourceServer', input)}
    >
      <ResourceServerFields draft={draft} isMade={false} />
    </DraftForm>
  )
}
