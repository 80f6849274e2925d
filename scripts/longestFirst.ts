// The order of test files: a project after the other, because a worker that changes it has to start its house anew; within one
// the longest first, so that two workers end at about the same time.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest files lie in the first; the last has many short ones to end with. */
const projects = ['crash', 'database', 'browser', 'house', 'pure']

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byLength = await super.sort(files)
    const place = ({ project }: TestSpecification) => projects.indexOf(project.name)
    return byLength.toSorted((one, other) => place(one) - place(other))
  }
}
