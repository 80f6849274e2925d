// Groups, of accounts, groups and service principals, by id.

export interface Group { id: string; name: string; members: string[]; roleAssignable: boolean }

/** Of a tenant. */
export interface Groups { groups: Map<string, Group> }
