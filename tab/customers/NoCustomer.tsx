import { useSession } from '../parts/session.ts'
import { Empty } from '../parts/States.tsx'

/** Says that there is no customer yet, and who adds one. */
export function NoCustomer() {
  const { me } = useSession()
  const way = me.role === 'admin' ? 'Add one under Admin, Customers.' : 'An administrator of Outpost adds them.'
  return <Empty>{`There is no customer yet. ${way}`}</Empty>
}
