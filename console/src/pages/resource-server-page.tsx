import type { ResourceServerType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { resourceServerFault, resourceServerFormOf, resourceServerInput } from '../api/resource-server-form.ts'
import { FormPage } from '../components/form-page.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { ResourceServerFields } from './resource-server/resource-server-fields.tsx'

const Edit = ({ params, server }: PageProps & { readonly server: ResourceServerType }) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const draft = useDraft('resource-server', resourceServerFormOf(server))
  const servers = hrefOf('user-pools/:poolId/resource-servers', { poolId })
  return (
    <FormPage
      title={server.Name ?? ''}
      submit="Save changes"
      fault={resourceServerFault(draft.values)}
      cancelHref={servers}
      onSubmit={() => call('UpdateResourceServer', resourceServerInput(poolId, draft.values))}
      onDone={() => {
        draft.reset()
        flashes.say(`The resource server ${draft.values.name.trim()} was changed.`)
        void navigate(servers, { force: true })
      }}
    >
      <ResourceServerFields draft={draft} isMade />
    </FormPage>
  )
}

/** Changes a resource server's name and custom scopes. */
export const ResourceServerPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', identifier: Identifier = '' } = params
  const load = useCall('DescribeResourceServer', { UserPoolId, Identifier })
  return (
    <LoadedForm title={Identifier} load={{ ...load, value: load.value?.ResourceServer }}>
      {(server) => <Edit params={params} server={server} />}
    </LoadedForm>
  )
}
