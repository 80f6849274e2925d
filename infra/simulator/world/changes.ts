// What has changed in a container, for delta queries to tell.

export interface Change { id: string; removed?: 'changed' | 'deleted'; moves?: number }

/** What has changed in one container, in order: a delta cursor is an index into `entries`. */
export class ChangeLog {
  readonly entries: Change[] = []
  private readonly latest = new Map<string, Change>()

  record(id: string, more: Omit<Change, 'id'> = {}): void {
    const change = { id, ...more }
    this.entries.push(change)
    this.latest.set(id, change)
  }

  /** False for a change that a later one has overtaken: delta queries tell only the last state of an item. */
  isLatest(change: Change): boolean { return this.latest.get(change.id) === change }
}
