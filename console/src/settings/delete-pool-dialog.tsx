import Checkbox from '@cloudscape-design/components/checkbox'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { call } from '../api/call.ts'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { useCall } from '../hooks/use-call.ts'
import { deletePool } from './delete-pool.ts'

/** Which pool is to be deleted. */
export interface DeletePoolDialogProps {
  readonly poolId: string
  readonly name: string
  readonly onClose: (deleted: boolean) => void
}

/** Deletes a user pool, once somebody says that what stands in the way, its protection and its domains, is removed with it. */
export const DeletePoolDialog = ({ poolId, name, onClose }: DeletePoolDialogProps) => {
  const described = useCall('DescribeUserPool', { UserPoolId: poolId })
  const pool = described.value?.UserPool
  const [unprotects, setUnprotects] = useState(false)
  const [freesDomains, setFreesDomains] = useState(false)
  const domains = [pool?.Domain, pool?.CustomDomain].filter((one) => one !== undefined)
  const isProtected = pool?.DeletionProtection === 'ACTIVE'
  // Who may not describe a pool may still be allowed to delete it.
  const isReady =
    described.error !== undefined || (pool !== undefined && (!isProtected || unprotects) && (domains.length === 0 || freesDomains))
  return (
    <DeleteDialog
      what="user pool"
      name={name}
      isReady={isReady}
      onDelete={() => deletePool(call, poolId, { unprotects, freesDomains })}
      onClose={onClose}
    >
      <SpaceBetween size="xs">
        <div>Its users, groups, app clients and pages are gone with it, and applications that use it stop working.</div>
        {isProtected && (
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
