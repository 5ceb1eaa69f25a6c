import { call } from '../api/call.ts'
import { noResourceServer, resourceServerFault, resourceServerInput } from '../api/resource-server-form.ts'
import { FormPage } from '../components/form-page.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { ResourceServerFields } from './resource-server/resource-server-fields.tsx'

/** Makes a resource server. */
export const CreateResourceServerPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const draft = useDraft('create-resource-server', noResourceServer)
  const servers = hrefOf('user-pools/:poolId/resource-servers', { poolId })
  const input = resourceServerInput(poolId, draft.values)
  return (
    <FormPage
      title="Create resource server"
      submit="Create resource server"
      fault={resourceServerFault(draft.values)}
      cancelHref={servers}
      onSubmit={() => call('CreateResourceServer', input)}
      onDone={() => {
        draft.reset()
        flashes.say(`The resource server ${input.Name} was created.`)
        void navigate(servers, { force: true })
      }}
    >
      <ResourceServerFields draft={draft} isMade={false} />
    </FormPage>
  )
}
