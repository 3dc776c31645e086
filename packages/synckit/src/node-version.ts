/** Versions of Node.js, as synckit exports them. */

/** The one that runs, without the `v`. */
export const NODE_VERSION: string = process.versions.node

/** The numbers of a version: `22.6` is `[22, 6]`. */
export function parseVersion(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10))
}

/** Above 0 if the first is the later one, below if it is the earlier one. Numbers that are left out are 0. */
export function compareVersion(version1: string, version2: string): number {
  const [first, second] = [parseVersion(version1), parseVersion(version2)]
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const difference = (first[index] ?? 0) - (second[index] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

/** The running one in comparison with another: from 0 up, if it is that one or a later one. */
export function compareNodeVersion(version: string): number {
  return compareVersion(NODE_VERSION, version)
}
