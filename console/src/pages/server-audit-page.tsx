import { AuditTable } from './audit-trail/audit-table.tsx'

const help = {
  title: 'Audit trail of the server',
  body: 'What was done to operators and access keys, and who signed in to this console; user pools have audit trails of their own. Whoever used commands on the server stands here as the command line. Rows are kept for 400 days.',
}

/** Who made, reset and deleted operators, and who signed in, newest first. */
export const ServerAuditPage = () => (
  <AuditTable
    of="server"
    name="server-audit"
    title="Audit trail"
    description="What was done to operators and access keys, newest first."
    help={help}
    empty={{ title: 'Nothing yet', text: 'Every change of operators and access keys will stand here.' }}
  />
)
