import type { ResourceServerType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { rebased } from '../api/rebased.ts'
import { resourceServerFault, resourceServerFormOf, resourceServerInput } from '../api/resource-server-form.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { ResourceServerFields } from './resource-server/resource-server-fields.tsx'

const Edit = ({ params, server }: PageProps & { readonly server: ResourceServerType }) => {
  const poolId = params['poolId'] ?? ''
  const draft = useDraft('resource-server', resourceServerFormOf(server))
  // The API takes a resource server as a whole.
  const save = async () => {
    const { ResourceServer: now } = await call('DescribeResourceServer', { UserPoolId: poolId, Identifier: draft.start.identifier })
    await call('UpdateResourceServer', resourceServerInput(poolId, rebased(draft, resourceServerFormOf(now))))
  }
  return (
    <DraftForm
      draft={draft}
      title={server.Name ?? ''}
      submit="Save changes"
      fault={resourceServerFault(draft.values)}
      saved={`The resource server ${draft.values.name.trim()} was changed.`}
      back={hrefOf('user-pools/:poolId/resource-servers', { poolId })}
      onSubmit={save}
    >
      <ResourceServerFields draft={draft} isMade />
    </DraftForm>
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
