import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useEffect, useState } from 'react'
import type { UserType } from '../../../../src/model/types.gen.ts'
import { findUsers } from '../../api/find-users.ts'
import { useLoad } from '../../hooks/use-load.ts'

/** As many users as are offered at once. */
const most = 20

/** How long (ms) typing has to rest before the server is asked. */
const rest = 250

const optionOf = ({ Username = '', Enabled, UserStatus, Attributes = [] }: UserType) => {
  const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value
  const told = [attribute('name'), attribute('email'), attribute('phone_number')].filter((one) => one !== undefined && one !== Username)
  return { value: Username, description: told.join(', '), labelTag: Enabled === false ? 'Disabled' : (UserStatus ?? '') }
}

const useRested = (text: string): string => {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), rest)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

const finishedText = (typed: string, found: number | undefined): string => {
  if (found === most) return `The first ${most}: type more to find others.`
  return found === 0 && typed !== '' ? 'No user begins like that.' : ''
}

/** Chooses a user of the pool by the beginning of a name, e-mail address or phone number; any other text stays as it was typed. */
export const UserChoice = ({
  poolId,
  value,
  description,
  onChange,
}: {
  readonly poolId: string
  readonly value: string
  readonly description: string
  readonly onChange: (username: string) => void
}) => {
  // A list of everybody is not fetched before somebody looks for a user.
  const [isOpen, setOpen] = useState(false)
  const text = useRested(value)
  const {
    value: users,
    loading,
    error,
  } = useLoad(
    async (signal) => (isOpen ? (await findUsers(poolId, text)(most, undefined, signal)).rows.slice(0, most) : undefined),
    `users to sign in ${poolId} ${isOpen} ${text}`,
  )
  return (
    <FormField label="User name" description={description}>
      <Autosuggest
        value={value}
        options={(users ?? []).map(optionOf)}
        filteringType="manual"
        statusType={error !== undefined ? 'error' : loading || text !== value ? 'loading' : 'finished'}
        loadingText="Looking for users"
        errorText={error === undefined ? '' : `No users can be offered: ${error.message}`}
        empty="The user pool has no users."
        finishedText={finishedText(value, users?.length)}
        enteredTextLabel={(entered) => `Use “${entered}”`}
        placeholder="Find a user, or type a name or an alias"
        ariaLabel="User name"
        onFocus={() => setOpen(true)}
        onChange={({ detail }) => onChange(detail.value)}
        disableBrowserAutocorrect
      />
    </FormField>
  )
}
