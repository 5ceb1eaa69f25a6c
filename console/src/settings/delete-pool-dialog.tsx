import Checkbox from '@cloudscape-design/components/checkbox'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { useCall } from '../hooks/use-call.ts'
import { updatePool } from './update-pool.ts'

/** Which pool is to be deleted. */
export interface DeletePoolDialogProps {
  readonly poolId: string
  readonly name: string
  readonly onClose: (deleted: boolean) => void
}

/** Deletes a user pool; what stands in the way, its protection and its domains, is removed first where somebody says so. */
export const DeletePoolDialog = ({ poolId, name, onClose }: DeletePoolDialogProps) => {
  const pool = useCall('DescribeUserPool', { UserPoolId: poolId }).value?.UserPool
  const [unprotects, setUnprotects] = useState(false)
  const [freesDomains, setFreesDomains] = useState(false)
  const domains = [pool?.Domain, pool?.CustomDomain].filter((one) => one !== undefined)
  const remove = async () => {
    if (unprotects) await updatePool(poolId, () => ({ DeletionProtection: 'INACTIVE' }))
    // Asked anew, because a part may be gone after a refusal.
    const left = freesDomains ? (await call('DescribeUserPool', { UserPoolId: poolId })).UserPool : undefined
    for (const Domain of [left?.Domain, left?.CustomDomain]) {
      if (Domain !== undefined) await call('DeleteUserPoolDomain', { UserPoolId: poolId, Domain })
    }
    await call('DeleteUserPool', { UserPoolId: poolId })
  }
  return (
    <DeleteDialog what="user pool" name={name} onDelete={remove} onClose={onClose}>
      <SpaceBetween size="xs">
        <div>Its users, groups, app clients and pages are gone with it, and applications that use it stop working.</div>
        {pool?.DeletionProtection === 'ACTIVE' && (
          <Checkbox checked={unprotects} onChange={({ detail }) => setUnprotects(detail.checked)}>
            Deactivate deletion protection
          </Checkbox>
        )}
        {domains.length > 0 && (
          <Checkbox checked={freesDomains} onChange={({ detail }) => setFreesDomains(detail.checked)}>
            Delete the domain {domains.join(' and ')}
          </Checkbox>
        )}
      </SpaceBetween>
    </DeleteDialog>
  )
}
