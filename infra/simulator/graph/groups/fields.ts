import type { Group } from '../../world/groups.ts'
import type { Fields } from '../query.ts'

/** What is known of a group. */
export const GROUP: Fields<Group> = { id: (g) => g.id, displayName: (g) => g.name, isAssignableToRole: (g) => g.roleAssignable }
