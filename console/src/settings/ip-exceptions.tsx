import SpaceBetween from '@cloudscape-design/components/space-between'
import { TextFields } from '../components/text-fields.tsx'
import { TextList } from '../components/text-list.tsx'
import type { Risk } from './risk.ts'
import { riskForm } from './risk-form.tsx'
import type { RiskPart } from './risk-part.ts'

const rangesOf = ({ RiskExceptionConfiguration: given }: Risk) => ({
  allowed: given?.SkippedIPRangeList ?? ([] as readonly string[]),
  blocked: given?.BlockedIPRangeList ?? ([] as readonly string[]),
})

const typed = (ranges: readonly string[]): string[] => ranges.map((range) => range.trim()).filter((range) => range !== '')

/** The addresses for which threat protection makes an exception. */
export const ipExceptions: RiskPart = {
  id: 'ip-exceptions',
  title: 'IP address exceptions',
  items: (risk) => {
    const { allowed, blocked } = rangesOf(risk)
    return [
      { label: 'Always allow', value: <TextList texts={allowed} /> },
      { label: 'Always block', value: <TextList texts={blocked} /> },
    ]
  },
  Form: riskForm({
    what: 'IP address exceptions',
    read: rangesOf,
    write: ({ allowed, blocked }) => ({
      RiskExceptionConfiguration: { SkippedIPRangeList: typed(allowed), BlockedIPRangeList: typed(blocked) },
    }),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <TextFields
          label="Always-allow IP address range"
          description="Sign-ins from these have no risk; their passwords are checked all the same. CIDR notation, IPv4 or IPv6."
          placeholder="192.0.2.0/24"
          texts={values.allowed}
          most={200}
          onChange={(allowed) => set({ allowed })}
        />
        <TextFields
          label="Always-block IP address range"
          description="Nobody signs in or up from these. CIDR notation, IPv4 or IPv6."
          placeholder="198.51.100.0/24"
          texts={values.blocked}
          most={200}
          onChange={(blocked) => set({ blocked })}
        />
      </SpaceBetween>
    ),
  }),
}
