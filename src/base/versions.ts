/** Version numbers: compared number by number, so that 1.9 is older than 1.26. */

/** Whether the first version is below the second. Numbers that are left out count as 0: 2.6 is older than 2.6.37. */
export function isOlder(version: string, than: string): boolean {
  const own = version.split(".").map(Number);
  const other = than.split(".").map(Number);
  for (let place = 0; place < Math.max(own.length, other.length); place++) {
    const difference = (own[place] ?? 0) - (other[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
